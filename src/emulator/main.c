/* main.c - the command line of the emulator, and the command that it runs. */
#define _GNU_SOURCE /* getopt_long */
#include "fault.h"
#include "har.h"
#include "httpd.h"
#include "replay.h"
#include "scenario.h"
#include "signin.h"

#include "offerstat/timestamp.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_TOKEN "emulator-token"
#define MAX_FAULTS 16

/* The last three are those of a shell; otherwise the exit code is that of the command. */
enum exit_code {
    EXIT_NO_SERVER = 1,
    EXIT_USAGE = 2,        /* a wrong option or scenario */
    EXIT_CANNOT_RUN = 126, /* the command cannot be run */
    EXIT_NO_COMMAND = 127, /* there is no such command */
    EXIT_SIGNAL = 128      /* added to the number of the signal that has ended the command */
};

struct command_line {
    const char *scenario, *log; /* names of files; NULL: built-in data, no log */
    const char *replay;         /* a recording that takes the scenario's place; NULL: none */
    struct httpd_options httpd;
    struct fault faults[MAX_FAULTS];
    bool sign_in;   /* COMMAND gets no token: it has to ask for one */
    bool secret;    /* COMMAND gets the secret to do so */
    bool help;      /* print the help and exit */
    char **command; /* NULL: serve until told to stop */
};

static void print_help(void)
{
    puts("offerstat-emulator - a local partner portal for demos and tests\n\n"
         "Usage: offerstat-emulator [OPTIONS] [-- COMMAND...]\n\n"
         "Runs COMMAND with OFFERSTAT_ENDPOINT, OFFERSTAT_PUBLISHER and OFFERSTAT_TOKEN set, and\n"
         "exits with its status. Without COMMAND it serves until interrupted.\n\n"
         "  --scenario FILE     what the portal holds (JSON); default: built-in demo data\n"
         "  --replay FILE       answer as a recording does (HAR); what it lacks is 404\n"
         "  --latency TIME      wait so long before each answer, such as 50ms\n"
         "  --fault NAME[:N]    spoil all answers, or the first N (repeatable)\n"
         "  --port N            listen there on 127.0.0.1; default: any free port\n"
         "  --log FILE          a line for each request\n"
         "  --speed N           N seconds of the portal pass in one (0: its time stands still)\n"
         "  --sign-in[=secret]  no token: COMMAND gets AZURE_TENANT_ID and AZURE_CLIENT_ID "
         "instead,\n"
         "                      and AZURE_CLIENT_SECRET\n"
         "  --token-lifetime T  how long an issued token is good (1h)\n"
         "  --certificate FILE  the PEM certificate that client assertions must be signed with\n\n"
         "Faults, for one route alone with publishers-, list-, offer-, status-, slot-,\n"
         "submissions-, token-, device-, github-, pipelines-, identity-, ingestion-products-,\n"
         "ingestion-submissions-, ingestion-workflow-,\n"
         "ingestion-validations-, graph-product-, graph-submission- or graph-configure- in front,\n"
         "for one API alone with cpp-, ingestion- or graph-:");
    fault_print_kinds(stdout);
}

static int set_fault(struct command_line *c, const char *text, struct error *err)
{
    if (c->httpd.fault_count == MAX_FAULTS) {
        return error_set(err, ERR_USAGE, "more than %d faults", MAX_FAULTS);
    }
    return fault_parse(text, &c->faults[c->httpd.fault_count++], err);
}

static int set_port(struct command_line *c, const char *text, struct error *err)
{
    char *end = NULL;
    long port = strtol(text, &end, 10);

    if (end == text || *end != '\0' || port < 0 || port > 65535) {
        return error_set(err, ERR_USAGE, "--port: expected a number up to 65535");
    }
    c->httpd.port = (uint16_t)port;
    return 0;
}

static int set_speed(struct command_line *c, const char *text, struct error *err)
{
    char *end = NULL;
    long speed = strtol(text, &end, 10);

    if (end == text || *end != '\0' || speed < 0 || speed > 1000000000) {
        return error_set(err, ERR_USAGE, "--speed: expected a number up to 1000000000");
    }
    c->httpd.speed = speed;
    return 0;
}

static int set_sign_in(struct command_line *c, const char *how, struct error *err)
{
    c->sign_in = true;
    c->secret = how != NULL;
    if (how != NULL && strcmp(how, "secret") != 0) {
        return error_set(err, ERR_USAGE, "--sign-in: expected nothing or secret");
    }
    return 0;
}

static int set_time(int64_t *ms, const char *text, const char *option, const char *example,
                    struct error *err)
{
    if (!duration_parse(text, ms)) {
        return error_set(err, ERR_USAGE, "--%s: expected a time such as %s", option, example);
    }
    return 0;
}

static int check_replay(const struct command_line *c, struct error *err)
{
    if (c->replay != NULL &&
        (c->scenario != NULL || c->httpd.fault_count > 0 || c->httpd.speed != 0)) {
        return error_set(err, ERR_USAGE,
                         "--replay answers as it was recorded, without --scenario, --fault and "
                         "--speed");
    }
    return 0;
}

/* 0, or -1 with *err. */
static int read_command_line(struct command_line *c, int argc, char **argv, struct error *err)
{
    static const struct option options[] = {
        { "scenario", required_argument, NULL, 's' },
        { "replay", required_argument, NULL, 'r' },
        { "latency", required_argument, NULL, 'l' },
        { "fault", required_argument, NULL, 'f' },
        { "port", required_argument, NULL, 'p' },
        { "log", required_argument, NULL, 'g' },
        { "sign-in", optional_argument, NULL, 'i' },
        { "speed", required_argument, NULL, 'v' },
        { "token-lifetime", required_argument, NULL, 't' },
        { "certificate", required_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },
        { 0 },
    };
    int code, rc = 0;

    while (rc == 0 && (code = getopt_long(argc, argv, "+h", options, NULL)) != -1) {
        switch (code) {
        case 's':
            c->scenario = optarg;
            break;
        case 'r':
            c->replay = optarg;
            break;
        case 'g':
            c->log = optarg;
            break;
        case 'l':
            rc = set_time(&c->httpd.latency_ms, optarg, "latency", "50ms", err);
            break;
        case 'f':
            rc = set_fault(c, optarg, err);
            break;
        case 'p':
            rc = set_port(c, optarg, err);
            break;
        case 'i':
            rc = set_sign_in(c, optarg, err);
            break;
        case 'v':
            rc = set_speed(c, optarg, err);
            break;
        case 't':
            rc = set_time(&c->httpd.signin.lifetime_ms, optarg, "token-lifetime", "5s", err);
            break;
        case 'c':
            c->httpd.signin.certificate = optarg;
            break;
        case 'h':
            c->help = true;
            return 0;
        default:
            return error_set(err, ERR_USAGE, "--help shows the options");
        }
    }
    c->command = optind < argc ? argv + optind : NULL;
    return rc == 0 ? check_replay(c, err) : rc;
}

/* What offerstat, or another client, needs to find the portal.  0, or -1 out of memory. */
static int set_environment(const cJSON *scenario, uint16_t port)
{
    const cJSON *publisher =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(scenario, "publishers"), 0);
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(publisher, "id");
    char endpoint[64];

    snprintf(endpoint, sizeof(endpoint), "http://127.0.0.1:%u", (unsigned)port);
    if (setenv("OFFERSTAT_ENDPOINT", endpoint, 1) != 0 ||
        setenv("OFFERSTAT_AUTHORITY", endpoint, 1) != 0 ||
        setenv("OFFERSTAT_TOKEN", READY_TOKEN, 1) != 0 ||
        (id != NULL && setenv("OFFERSTAT_PUBLISHER", id->valuestring, 1) != 0)) {
        return -1;
    }
    return 0;
}

static volatile sig_atomic_t child_id; /* of the command; 0: not started */

static void forward_signal(int number)
{
    if (child_id > 0) {
        kill((pid_t)child_id, number);
    }
}

/* Run the command to its end; its exit code.  The terminal sends SIGINT and SIGQUIT to both: the
 * command decides what they mean, and the emulator goes on until it has ended.  Other signals that
 * end a program reach the emulator alone and are forwarded. */
static int run_command(char **command)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, forward = { .sa_handler = forward_signal };
    posix_spawnattr_t attributes;
    sigset_t defaults;
    pid_t pid;
    int rc, status;

    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGQUIT);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGQUIT, &ignore, NULL);
    rc = posix_spawnp(&pid, command[0], NULL, &attributes, command, environ);
    posix_spawnattr_destroy(&attributes);
    if (rc != 0) {
        fprintf(stderr, "offerstat-emulator: %s: %s\n", command[0], strerror(rc));
        if (rc == ENOENT) {
            return EXIT_NO_COMMAND;
        }
        return EXIT_CANNOT_RUN;
    }
    child_id = pid;
    sigaction(SIGTERM, &forward, NULL);
    sigaction(SIGHUP, &forward, NULL);
    while (waitpid(pid, &status, 0) == -1 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        return EXIT_SIGNAL + WTERMSIG(status);
    }
    return WEXITSTATUS(status);
}

/* Print a variable of the environment for a shell to read.  Quoted: a publisher's id may have any
 * character. */
static void print_export(const char *name)
{
    const char *value = getenv(name);

    printf("export %s='", name);
    for (; value != NULL && *value != '\0'; value++) {
        if (*value == '\'') {
            fputs("'\\''", stdout);
        } else {
            putchar(*value);
        }
    }
    puts("'");
}

/* Print what COMMAND would get, and wait. */
static void serve_until_signal(const struct command_line *c, const sigset_t *ends)
{
    int number;

    print_export("OFFERSTAT_ENDPOINT");
    print_export("OFFERSTAT_AUTHORITY");
    if (c->sign_in) {
        puts("unset OFFERSTAT_TOKEN");
        print_export("AZURE_TENANT_ID");
        print_export("AZURE_CLIENT_ID");
        if (c->secret) {
            print_export("AZURE_CLIENT_SECRET");
        }
    } else {
        print_export("OFFERSTAT_TOKEN");
    }
    if (getenv("OFFERSTAT_PUBLISHER") != NULL || c->replay == NULL) {
        print_export("OFFERSTAT_PUBLISHER");
    }
    if (c->replay != NULL && getenv("OFFERSTAT_NOW") != NULL) {
        print_export("OFFERSTAT_NOW");
    }
    fflush(stdout);
    sigwait(ends, &number);
}

/* Load the scenario or the recording. */
static int load(struct command_line *c, struct error *err)
{
    if (c->replay != NULL) {
        if (har_load(c->replay, &c->httpd.har, err) != 0) {
            return -1;
        }
        c->httpd.signin.only = c->httpd.har->apis;
    } else if (c->scenario != NULL) {
        c->httpd.scenario = scenario_load(c->scenario, err);
    } else {
        c->httpd.scenario = scenario_demo(err);
    }
    return c->replay != NULL || c->httpd.scenario != NULL ? 0 : -1;
}

static int prepare_environment(struct command_line *c, uint16_t port, struct error *err)
{
    bool sign_in = false;
    int rc;

    if (c->replay != NULL) {
        rc = replay_set_environment(c->httpd.har, port, &sign_in);
    } else {
        rc = set_environment(c->httpd.scenario, port);
    }
    if (rc != 0) {
        return error_memory(err);
    }
    if (sign_in &&
        !c->sign_in) { /* a way to sign in that needs nothing of the machine of the recording */
        c->sign_in = true;
        c->secret = true;
    }
    if (c->sign_in) {
        signin_set_environment(c->secret);
    }
    return 0;
}

static int run_emulator(struct command_line *c, struct error *err)
{
    struct httpd *httpd = NULL;
    sigset_t ends;
    int code = EXIT_USAGE;

    c->httpd.signin.ready_token = READY_TOKEN;
    c->httpd.faults = c->faults;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    if (load(c, err) != 0) {
        return code;
    }
    if (c->log != NULL && (c->httpd.log = fopen(c->log, "w")) == NULL) {
        error_set(err, ERR_USAGE, "%s: %s", c->log, strerror(errno));
        goto done;
    }
    /* Before any thread starts: all of them inherit the mask, and so only sigwait gets these. */
    if (c->command == NULL) {
        sigprocmask(SIG_BLOCK, &ends, NULL);
    }
    if (httpd_start(&c->httpd, &httpd, err) != 0) {
        code = EXIT_NO_SERVER;
        goto done;
    }
    if (prepare_environment(c, httpd_port(httpd), err) != 0) {
        goto done;
    }
    if (c->command != NULL) {
        code = run_command(c->command);
    } else {
        serve_until_signal(c, &ends);
        code = 0;
    }
done:
    httpd_stop(httpd);
    if (c->httpd.log != NULL) {
        fclose(c->httpd.log);
    }
    cJSON_Delete(c->httpd.scenario);
    har_free(c->httpd.har);
    return code;
}

int main(int argc, char **argv)
{
    struct command_line c = { .httpd.signin.lifetime_ms = INT64_C(3600) * 1000 };
    struct error err = ERROR_INIT;
    int code = EXIT_USAGE;

    signal(SIGPIPE, SIG_IGN); /* a client may close its end at any time */
    if (read_command_line(&c, argc, argv, &err) == 0) {
        if (c.help) {
            print_help();
            code = 0;
        } else {
            code = run_emulator(&c, &err);
        }
    }
    if (err.code != ERR_NONE) {
        fprintf(stderr, "offerstat-emulator: %s\n", err.text);
    }
    return code;
}
