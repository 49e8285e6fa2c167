/* cli.h - what main, the verbs and their helpers share. */
#ifndef CLI_H
#define CLI_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/outcome.h"
#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/select.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --api all: every API that is signed in to. */
#define API_ALL "all"

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
enum time_choice { TIME_CHOICE_AUTO, TIME_CHOICE_RELATIVE, TIME_CHOICE_UTC, TIME_CHOICE_LOCAL };

/* A list of texts from repeated or comma-separated options; the texts belong to argv or the
 * environment, the array to the list. */
struct texts {
    const char **items;
    size_t count;
};

/* Where an option's value comes from. */
struct choice {
    const char *value;  /* NULL: nobody has chosen */
    const char *origin; /* the variable, FILE:LINE, "command line" */
    bool from_file;
};

/* Everything that flags and environment decide. */
struct settings {
    struct texts publishers, fields;
    const char *api, *endpoint, *token, *token_file, *authority, *auth, *client_id, *seller_id;
    const char *job; /* of `history --job` */
    enum witness witness;
    bool print, paginate;
    unsigned jobs, retries;
    int64_t connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    const struct render_format *format;
    bool no_header, ascii, no_progress, quiet, verbose, debug, quick, check, show_origin, help,
        version;
    enum when color;
    enum time_choice time;
    long width; /* -1: as wide as the terminal */
    struct filter filter;
    int64_t since_age_ms; /* 0: not asked */
    const char *sort;
    bool sort_descending;
    size_t limit; /* 0: all */
    struct verdict_policy policy;
    bool allow_empty;
    const char *profile;
    struct error missing;   /* config and auth alone: the file or section named is not there yet */
    struct choice *choices; /* one an option's row */
    struct arena texts;     /* of the configuration */
    struct texts split;     /* own copies of comma lists, freed with the settings */
};

/* Which options a verb knows. */
enum option_group {
    FOR_ALL = 1,      /* help, quiet, colour */
    FOR_REMOTE = 2,   /* asks the service */
    FOR_OUTPUT = 4,   /* prints a report */
    FOR_OFFERS = 8,   /* prints offers: fields, quick */
    FOR_SELECT = 16,  /* filters and orders them */
    FOR_CHECK = 32,   /* judges them */
    FOR_AUTH = 64,    /* signs in */
    FOR_CONFIG = 128, /* shows the configuration */
    FOR_HISTORY = 256,
    FOR_OPEN = 512,
    FOR_API = 1024
};

/* A verb: one row in main.c and one file. */
struct cli_command {
    const char *name, *arguments, *help;
    const char *more;                 /* paragraphs for `help NAME`, or NULL */
    unsigned groups;                  /* bits of enum option_group */
    int min_arguments, max_arguments; /* max -1: any number */
    /* Returns the exit code. */
    int (*run)(const struct settings *s, int count, const char *const *arguments);
};

extern const struct cli_command command_list, command_show, command_approvals, command_check,
    command_history, command_publishers, command_open, command_api, command_auth, command_config,
    command_help, command_version;

/* The verbs, NULL after the last, and one by its exact name. */
const struct cli_command *command_at(size_t i);
const struct cli_command *command_find(const char *name);

/* settings.c */

/* Look over argv: every option must exist and have its value.  Options move to the front, *first is
 * where the words begin.  -1 with *err (ERR_USAGE). */
int settings_words(int argc, char **argv, int *first, struct error *err);

/* Built-in values, then the environment, then the flags in argv; only what the command (NULL: none)
 * knows.  -1 with *err (ERR_USAGE) and *s empty. */
int settings_read(struct settings *s, const struct cli_command *command, int argc, char **argv,
                  struct error *err);
void settings_free(struct settings *s);

/* Print the options of these groups, or the environment variables, as help shows them. */
void settings_print_options(unsigned groups);
void settings_print_environment(void);

/* cmd_help.c */
void help_print_command(const struct cli_command *command);
void help_print_short(FILE *out);

/* offers.c: the verbs that read offers differ in this only. */
struct offers_plan {
    enum render_view view;
    enum read_depth depth;
    enum select_mode mode;
    bool approvals;
    bool check;
    /* What is done with each offer in place of printing it; NULL: it is printed.  -1 with *err ends
     * the read. */
    int (*use)(const struct settings *s, const struct offer *o, struct error *err);
};
int offers_run(const struct settings *s, const struct offers_plan *plan, int count,
               const char *const *arguments);

/* session.c: transports, a sign-in and a portal, opened and closed together. */
struct session;
/* What leaves the session whole (an API without a sign-in, of all) is told; tell may be NULL. */
typedef void (*session_tell)(void *user, bool warning, const char *text);
int session_open(const struct settings *s, struct session **out, session_tell tell, void *user,
                 struct error *err);
struct portal *session_portal(struct session *session); /* the first */
/* All of them, of --api all; at most PORTAL_APIS. */
size_t session_portals(const struct session *session, struct portal *const **out);
/* Open the Graph API as well, as a witness, which signs in when it is asked first. */
int session_open_graph(const struct settings *s, struct session *session, struct error *err);
struct portal *session_graph(const struct session *session); /* NULL: there is none */
/* The same without a portal and without a token yet. */
int session_open_signin(const struct settings *s, struct session **out, struct error *err);
struct signin *session_signin(struct session *session);
void session_close(struct session *session); /* NULL is fine */

/* config.c: the configuration file (INI: keys are long flag names, [profile NAME] sections). */
struct config_key {
    const char *file, *name, *value;
    unsigned line;
};
/* Give every key above all sections, then every key of the profile (NULL: none), each once.  A
 * missing file is an empty one unless OFFERSTAT_CONFIG names it.  -1 with *err (ERR_USAGE: no such
 * profile, a line that is none; or the visitor's). */
int config_read(const char *profile,
                int (*visit)(void *user, const struct config_key *key, struct error *err),
                void *user, struct error *err);
/* Whether a key is the name of something that has no place in the file. */
bool config_is_secret(const char *key);
/* The key that was probably meant, or NULL. */
const char *config_nearest(const char *key);
/* A key that is no option: a warning, or -1 with *err where it is a secret. */
int config_refuse(const struct config_key *key, struct error *err);
/* Append the file's path.  -1 with *err when there is no place for it. */
int config_path(struct strbuf *out, struct error *err);
/* Write key = value, in the profile's section (NULL: above all sections); all else stays. */
int config_set(const char *profile, const char *key, const char *value, struct error *err);

/* paths.c: a variable of the environment, NULL where it is missing or empty. */
const char *env_text(const char *name);
/* The path of a file in $XDG_CONFIG_HOME/offerstat (default ~/.config), appended.  False
 * where neither is set. */
bool paths_config(struct strbuf *out, const char *name);
/* The path of a profile's login file (NULL: without one), likewise. */
bool paths_login(struct strbuf *out, const char *profile);
/* Make that folder, for oneself alone.  -1 with *err. */
int paths_make_config(struct error *err);

/* output.c: how settings and the terminal shape the output. */
void output_options(const struct settings *s, enum render_view view, struct render_options *out);

/* stderr, all in say.c: every text is made safe, quiet leaves errors alone only. */
void say_setup(const struct settings *s);
void say_error(const struct error *err);
void say_problem(const struct problem *p);
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_notice(const char *text); /* what somebody asked for and that is no result */
void say_trace(void *user, const char *line);
/* The way out of a failure, where one is known; http 0 where there was no answer, api NULL where it
 * was about none. */
void say_way_out(const char *api, enum error_code code, long http);

/* progress.c: one line on a terminal's stderr once a read takes long. */
void progress_setup(bool wanted);
void progress_count(size_t done, size_t total);
void progress_tick(void *user);
void progress_clear(void);

#endif
