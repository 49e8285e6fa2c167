/* ci_runner.c - annotations, a summary and outputs for GitHub Actions and Azure Pipelines. */
#define _DEFAULT_SOURCE /* realpath */
#include "ci_runner.h"

#include "options/settings.h"
#include "terminal/say.h"

#include "offerstat/escape.h"
#include "offerstat/outcome.h"
#include "offerstat/redact.h"
#include "offerstat/strbuf.h"
#include "offerstat/waiting.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A runner shows 10 annotations of a kind for a step: 9, and one that says how many more there
 * are. */
#define ANNOTATIONS_MAX 9
#define TEXT_MAX ((size_t)64 * 1024)
/* GitHub keeps 4096 characters of an annotation; it drops a summary of more than 1 MiB. */
#define ANNOTATION_BYTES 1000
#define SUMMARY_BYTES ((size_t)1000 * 1000)
#define SUMMARY_END ((size_t)16 * 1024) /* what Markdown adds when it is full */

bool ci_runner_is_github(const struct settings *s)
{
    const char *actions = getenv("GITHUB_ACTIONS");

    if (s->github != WHEN_AUTO) {
        return s->github == WHEN_ALWAYS;
    }
    return actions != NULL && strcmp(actions, "true") == 0;
}

bool ci_runner_is_azure(const struct settings *s)
{
    const char *build = getenv("TF_BUILD");

    return s->azure || (build != NULL && *build != '\0');
}

bool ci_runner_is_here(const struct settings *s)
{
    const char *ci = getenv("CI");

    return (ci != NULL && strcmp(ci, "true") == 0) || ci_runner_is_github(s) ||
           ci_runner_is_azure(s);
}

/* Append text with the characters in `special`, which the runner would interpret there, encoded as
 * it wants them. */
static void put_encoded(struct strbuf *out, const char *text, const char *special,
                        const char *percent)
{
    for (; *text != '\0'; text++) {
        if (*text == '%') {
            strbuf_puts(out, percent);
        } else if (*text == '\n' || *text == '\r' || strchr(special, *text) != NULL) {
            strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
        } else {
            strbuf_append(out, text, 1);
        }
    }
}

/* Hide secrets, cut between two characters, and remove whatever a log or a runner would obey. */
static void make_safe(const struct strbuf *text, struct strbuf *safe)
{
    char cut[ANNOTATION_BYTES];

    redact_excerpt(cut, sizeof(cut), strbuf_text(text));
    escape_text(safe, cut, ESCAPE_LINES | ESCAPE_CI);
}

static void say_github(const struct strbuf *title, const struct strbuf *text)
{
    struct strbuf line = STRBUF_INIT(TEXT_MAX), safe = STRBUF_INIT(TEXT_MAX);

    strbuf_puts(&line, "::error title=");
    make_safe(title, &safe);
    put_encoded(&line, strbuf_text(&safe), ":,", "%25");
    strbuf_puts(&line, "::");
    strbuf_reset(&safe);
    make_safe(text, &safe);
    put_encoded(&line, strbuf_text(&safe), "", "%25");
    say_command(strbuf_text(&line));
    strbuf_clear(&line);
    strbuf_clear(&safe);
}

static void say_azure(const struct strbuf *title, const struct strbuf *text)
{
    struct strbuf line = STRBUF_INIT(TEXT_MAX), safe = STRBUF_INIT(TEXT_MAX);

    strbuf_puts(&line, "##vso[task.logissue type=error]");
    make_safe(title, &safe);
    strbuf_puts(&safe, ": ");
    make_safe(text, &safe);
    put_encoded(&line, strbuf_text(&safe), "", "%AZP25");
    say_command(strbuf_text(&line));
    strbuf_clear(&line);
    strbuf_clear(&safe);
}

/* The title and text of one annotation, and how many there were. */
struct annotations {
    const struct settings *settings;
    struct strbuf title, text;
    size_t count;
};

static void say_annotation(const struct annotations *a)
{
    if (ci_runner_is_github(a->settings)) {
        say_github(&a->title, &a->text);
    }
    if (ci_runner_is_azure(a->settings)) {
        say_azure(&a->title, &a->text);
    }
}

/* Print an annotation of title and text, or, above the maximum, only count it; empty both. */
static void add(struct annotations *a)
{
    if (a->count++ < ANNOTATIONS_MAX) {
        say_annotation(a);
    }
    strbuf_reset(&a->title);
    strbuf_reset(&a->text);
}

/* The first link in the messages of the offer's present step, else the offer's page. */
static const char *address_of(const struct offer *o, char url[OFFER_URL_MAX])
{
    const struct step *s = offer_current_step(o);

    for (size_t i = 0; s != NULL && i < s->message_count; i++) {
        if (s->messages[i].link_count > 0) {
            return s->messages[i].links[0].href;
        }
    }
    return offer_url(o, url);
}

/* "2/6 Certification: See item 42."; the state when nothing says why. */
static void put_reason(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);
    struct strbuf message = STRBUF_INIT(TEXT_MAX);
    const char *name;

    if (s != NULL) {
        name = s->name != NULL ? s->name : s->id;
        strbuf_printf(out, "%zu/%zu ", (size_t)(s - o->steps) + 1, o->step_count);
        strbuf_puts(out, name != NULL ? name : "");
    }
    if (waiting_put_message(&message, o)) {
        strbuf_puts(out, s != NULL ? ": " : "");
        strbuf_puts(out, strbuf_text(&message));
    } else if (s == NULL) {
        waiting_put_state(out, o);
    }
    strbuf_clear(&message);
}

static void annotate_offer(struct annotations *a, const struct report *report,
                           const struct offer *o)
{
    char url[OFFER_URL_MAX];
    const char *address = address_of(o, url);

    waiting_put_name(&a->title, o, report->several_publishers);
    strbuf_puts(&a->title, ": ");
    waiting_put_state(&a->title, o);
    put_reason(&a->text, o);
    if (address != NULL) {
        strbuf_printf(&a->text, "\n%s", address);
    }
    add(a);
}

static void annotate_end(struct annotations *a, const struct wait_ending *ending)
{
    strbuf_puts(&a->title, "offerstat wait");
    waiting_put_ending(&a->text, ending);
    add(a);
}

void ci_runner_annotate(const struct settings *s, const struct report *report, int code)
{
    struct annotations a = { .settings = s,
                             .title = STRBUF_INIT(TEXT_MAX),
                             .text = STRBUF_INIT(TEXT_MAX) };
    struct offer scratch;

    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = offer_list_at(&report->offers, i, &scratch);
        if (render_offends(report, o)) {
            annotate_offer(&a, report, o);
        }
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        strbuf_puts(&a.title, "offerstat");
        strbuf_puts(&a.text, problem_text(&report->problems[i]));
        add(&a);
    }
    if (a.count == 0 && code != EXIT_OK && report->ending != NULL) {
        annotate_end(&a, report->ending);
    }
    if (a.count > ANNOTATIONS_MAX) {
        strbuf_puts(&a.title, "offerstat");
        strbuf_printf(&a.text, "%zu more are not shown here", a.count - ANNOTATIONS_MAX);
        say_annotation(&a);
    }
    strbuf_clear(&a.title);
    strbuf_clear(&a.text);
}

void ci_runner_upload_summary(const char *path)
{
    struct strbuf line = STRBUF_INIT(TEXT_MAX);
    char whole[PATH_MAX];

    if (realpath(path, whole) != NULL) {
        strbuf_puts(&line, "##vso[task.uploadsummary]");
        put_encoded(&line, whole, "", "%AZP25");
        say_command(strbuf_text(&line));
    }
    strbuf_clear(&line);
}

static int refuse(const char *variable, struct error *err)
{
    return error_set(err, ERR_OUTPUT, "cannot write the file of %s: %s", variable, strerror(errno));
}

/* Open the file that a variable names, to append; NULL with errno 0 when it is not set. */
static FILE *open_file_of(const char *variable)
{
    const char *path = getenv(variable);

    errno = 0;
    return path != NULL && *path != '\0' ? fopen(path, "ae") : NULL;
}

static int close_file_of(FILE *file, const char *variable, struct error *err)
{
    bool failed = ferror(file) != 0;

    errno = 0;
    if (fclose(file) != 0 || failed) {
        return refuse(variable, err);
    }
    return 0;
}

/* What the file already has counts as well, since a summary that is too long is dropped as a
 * whole. */
int ci_runner_write_summary(struct render_options *options, const struct report *report,
                            struct error *err)
{
    static const char variable[] = "GITHUB_STEP_SUMMARY";
    struct render *render = NULL;
    struct stat there = { 0 };
    FILE *file = open_file_of(variable);
    int rc;

    if (file == NULL) {
        return errno == 0 ? 0 : refuse(variable, err);
    }
    if (fstat(fileno(file), &there) != 0 || there.st_size < 0 ||
        (size_t)there.st_size > SUMMARY_BYTES - SUMMARY_END) {
        say_warning("GITHUB_STEP_SUMMARY has no room for more");
        return close_file_of(file, variable, err);
    }
    options->max_bytes = SUMMARY_BYTES - (size_t)there.st_size;
    options->out = file;
    rc = render_open(render_format_find("markdown"), options, &render, err);
    if (rc == 0) {
        rc = render_whole(render, report, err);
    }
    render_close(render);
    if (rc != 0) {
        fclose(file);
        return error_wrap(err, "%s", variable);
    }
    fputs("\n", file);
    return close_file_of(file, variable, err);
}

int ci_runner_write_outputs(const struct report *report, int code, struct error *err)
{
    static const char variable[] = "GITHUB_OUTPUT";
    FILE *file = open_file_of(variable);
    const char *verdict = outcome_word(code);

    if (file == NULL) {
        return errno == 0 ? 0 : refuse(variable, err);
    }
    if (report->ending != NULL) {
        verdict = waiting_result(report->ending);
    }
    fprintf(file, "verdict=%s\nexit-code=%d\ntotal=%zu\n", verdict, code, report->total);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        fprintf(file, "%s=%zu\n", state_token((enum offer_state)i), report->counts[i]);
    }
    fprintf(file, "unread=%zu\n", report->unread);
    return close_file_of(file, variable, err);
}
