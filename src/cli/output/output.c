/* output.c - one report to stdout and to files, as settings and the terminal want it. */
#include "output.h"

#include "ci_runner.h"
#include "jq_filter.h"
#include "options/report_file.h"
#include "options/settings.h"
#include "pager.h"
#include "terminal/say.h"
#include "terminal/terminal.h"

#include "offerstat/escape.h"
#include "offerstat/strbuf.h"
#include "offerstat/transport.h"
#include "offerstat/waiting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RESULTS_MAX ((size_t)1024 * 1024 * 1024)

struct output {
    const struct settings *settings;
    enum render_view view;
    struct render *render; /* of stdout */
    struct jq_filter *jq;  /* filter for stdout's document, or NULL */
    FILE *gathering;       /* then: where the document is collected first */
    char *document;
    size_t document_len;
};

static enum render_time time_style(enum time_choice choice, bool tty)
{
    switch (choice) {
    case TIME_CHOICE_AUTO:
        return tty ? RENDER_TIME_RELATIVE : RENDER_TIME_UTC;
    case TIME_CHOICE_RELATIVE:
        return RENDER_TIME_RELATIVE;
    case TIME_CHOICE_UTC:
        return RENDER_TIME_UTC;
    case TIME_CHOICE_LOCAL:
        return RENDER_TIME_LOCAL;
    }
    return RENDER_TIME_UTC;
}

int64_t output_now_ms(void)
{
    return transport_wall_clock_ms();
}

/* The options for a file, which is no terminal. */
static struct render_options file_options(const struct settings *s, enum render_view view,
                                          const struct render_format *format)
{
    struct render_options options = { .view = view,
                                      .ci = true,
                                      .ascii = s->ascii,
                                      .header = !s->no_header,
                                      .time = time_style(s->time, false),
                                      .now_ms = output_now_ms(),
                                      .policy = &s->policy };

    if (format->takes_fields) {
        options.fields = s->fields.items;
        options.field_count = s->fields.count;
    }
    if (s->width != WIDTH_OF_TERMINAL) {
        options.width = s->width;
    }
    return options;
}

struct render_options output_stdout_options(const struct settings *s, enum render_view view)
{
    struct render_options options = file_options(s, view, s->format);
    bool tty = isatty(STDOUT_FILENO) == 1;

    options.ci = !tty;
    options.color = terminal_wants_color(s->color, STDOUT_FILENO);
    options.positions = terminal_obeys(STDOUT_FILENO);
    options.links = terminal_shows_links();
    options.time = time_style(s->time, tty);
    if (tty && s->width == WIDTH_OF_TERMINAL) {
        options.width = terminal_width(STDOUT_FILENO);
    }
    return options;
}

/* The i-th --report, which was checked when it was set. */
static struct report_file file_at(const struct output *o, size_t i)
{
    struct report_file file = { 0 };
    struct error ignored = ERROR_INIT;

    report_file_parse(o->settings->reports.items[i], &file, &ignored);
    return file;
}

/* Begin each file's document and drop it, so that nothing is sent if one is impossible. */
static int check_files(const struct output *o, struct error *err)
{
    for (size_t i = 0; i < o->settings->reports.count; i++) {
        struct report_file file = file_at(o, i);
        struct render_options options = file_options(o->settings, o->view, file.format);
        struct render *render = NULL;
        if (render_open(file.format, &options, &render, err) != 0) {
            return error_wrap(err, "--report");
        }
        render_close(render);
    }
    return 0;
}

/* The document is collected in memory for the jq expression. */
static int open_filter(struct output *o, struct error *err)
{
    if (o->settings->jq == NULL) {
        return 0;
    }
    o->gathering = open_memstream(&o->document, &o->document_len);
    if (o->gathering == NULL) {
        return error_memory(err);
    }
    return jq_filter_open(o->settings->jq, &o->jq, err);
}

/* Made safe for a terminal, which would obey control characters in a service's text; exact for
 * programs. */
static int put_results(const struct strbuf *results, struct error *err)
{
    struct strbuf safe = STRBUF_INIT(RESULTS_MAX);
    const struct strbuf *shown = results;
    int rc = 0;

    if (isatty(STDOUT_FILENO) == 1) {
        escape_text(&safe, strbuf_text(results), ESCAPE_LINES);
        shown = &safe;
    }
    errno = 0;
    if (safe.failed) {
        rc = error_memory(err);
    } else if (fwrite(strbuf_text(shown), 1, shown->len, stdout) != shown->len ||
               fflush(stdout) != 0) {
        rc = error_set(err, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
    }
    strbuf_clear(&safe);
    return rc;
}

static int write_filtered(struct output *o, const struct report *report, struct error *err)
{
    struct strbuf results = STRBUF_INIT(RESULTS_MAX);
    int rc = render_whole(o->render, report, err);

    if (rc == 0) {
        rc = jq_filter_run(o->jq, o->document, o->document_len, &results, err);
    }
    if (rc == 0) {
        rc = put_results(&results, err);
    }
    strbuf_clear(&results);
    return rc;
}

static int write_stdout(struct output *o, const struct report *report, struct error *err)
{
    if (o->jq != NULL) {
        return write_filtered(o, report, err);
    }
    return render_whole(o->render, report, err);
}

int output_open(const struct settings *s, enum render_view view, struct output **out,
                struct error *err)
{
    struct output *o = calloc(1, sizeof(*o));
    struct render_options options;

    if (o == NULL) {
        return error_memory(err);
    }
    *o = (struct output){ .settings = s, .view = view };
    options = output_stdout_options(s, view);
    options.out = pager_stream(s);
    if (open_filter(o, err) != 0) {
        output_close(o);
        return -1;
    }
    if (o->gathering != NULL) {
        options.out = o->gathering;
    }
    if (render_open(s->format, &options, &o->render, err) != 0 || check_files(o, err) != 0) {
        output_close(o);
        return -1;
    }
    *out = o;
    return 0;
}

bool output_streams(const struct output *o)
{
    return render_streams(o->render) && o->settings->reports.count == 0;
}

bool output_shows_outlook(const struct output *o)
{
    return render_shows_outlook(o->render) || o->settings->reports.count > 0;
}

int output_offer(struct output *o, const struct offer *offer, struct error *err)
{
    return render_offer(o->render, offer, err);
}

bool output_shows_passing(const struct output *o)
{
    bool shows = o->settings->format->shows_passing;

    for (size_t i = 0; i < o->settings->reports.count; i++) {
        shows = shows || file_at(o, i).format->shows_passing;
    }
    return shows;
}

static int write_file(const struct output *o, size_t i, const struct report *report,
                      struct error *err)
{
    struct report_file file = file_at(o, i);
    struct render_options options = file_options(o->settings, o->view, file.format);

    return report_file_write(&file, &options, report, err);
}

/* Print a failure; returns the worse of code and its exit code. */
static int fail(int code, const struct error *err)
{
    say_error(err);
    return outcome_worse(code, outcome_of_error(err->code));
}

struct render *output_render(struct output *o)
{
    return o->render;
}

/* Without the flag a failure is only a warning: a container may have the runner's variables but not
 * its files. */
static int fail_github(const struct output *o, int code, const struct error *err)
{
    if (o->settings->github == WHEN_ALWAYS) {
        return fail(code, err);
    }
    say_warning("%s", error_text(err));
    return code;
}

static int report_to_runner(const struct output *o, const struct report *report, int code)
{
    const struct settings *s = o->settings;
    struct render_options options = file_options(s, o->view, render_format_find("markdown"));
    struct error err = ERROR_INIT;
    int verdict = code;

    if (!ci_runner_is_github(s) && !ci_runner_is_azure(s)) {
        return code;
    }
    ci_runner_annotate(s, report, code);
    if (ci_runner_is_github(s)) {
        if (ci_runner_write_summary(&options, report, &err) != 0) {
            code = fail_github(o, code, &err);
        }
        if (ci_runner_write_outputs(report, verdict, &err) != 0) {
            code = fail_github(o, code, &err);
        }
    }
    return code;
}

/* Azure Pipelines takes a summary from a file alone. */
static void upload_summary(const struct output *o, size_t i)
{
    struct report_file file = file_at(o, i);

    if (o->view == VIEW_CHECK && ci_runner_is_azure(o->settings) &&
        strcmp(file.format->name, "markdown") == 0) {
        ci_runner_upload_summary(file.path);
    }
}

int output_finish(struct output *o, const struct report *report)
{
    int code = report->ending != NULL ? report->ending->code : outcome_of_report(report);
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < o->settings->reports.count; i++) {
        if (write_file(o, i, report, &err) != 0) {
            code = fail(code, &err);
        } else {
            upload_summary(o, i);
        }
    }
    if (write_stdout(o, report, &err) != 0) {
        code = fail(code, &err);
    }
    return o->view == VIEW_CHECK ? report_to_runner(o, report, code) : code;
}

void output_close(struct output *o)
{
    if (o != NULL) {
        render_close(o->render);
        jq_filter_close(o->jq);
        if (o->gathering != NULL) {
            fclose(o->gathering);
        }
        free(o->document);
        free(o);
    }
}
