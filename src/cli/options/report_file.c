/* report_file.c - the value of --report, and writing a report to its file. */
#include "report_file.h"

#include "process/whole_file.h"
#include "refuse.h"

#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

#define FORMATS_MAX 32

static int refuse_format(const char *name, struct error *err)
{
    const char *names[FORMATS_MAX];
    size_t count = 0;

    while (count < render_format_count && count < FORMATS_MAX) {
        names[count] = render_formats[count]->name;
        count++;
    }
    return refuse_word(N_("no format"), name, names, count, REFUSE_AND_LIST, err);
}

int report_file_parse(const char *text, struct report_file *out, struct error *err)
{
    const char *equals = strchr(text, '=');
    char format[32];

    if (equals == NULL || equals[1] == '\0') {
        return error_set(err, ERR_USAGE, "expected FORMAT=FILE, found \"%s\"", text);
    }
    snprintf(format, sizeof(format), "%.*s", (int)(equals - text), text);
    out->format = render_format_find(format);
    out->path = equals + 1;
    if (out->format == NULL) {
        return refuse_format(format, err);
    }
    if (strcmp(out->path, "-") == 0) {
        return error_set(err, ERR_USAGE, "a report goes to a file; -o %s is for stdout", format);
    }
    return 0;
}

struct report_content {
    const struct report_file *file;
    struct render_options *options;
    const struct report *report;
};

static int report_file_put(void *user, FILE *out, struct error *err)
{
    const struct report_content *c = user;
    struct render *render = NULL;
    int rc;

    c->options->out = out;
    rc = render_open(c->file->format, c->options, &render, err);
    if (rc == 0) {
        rc = render_whole(render, c->report, err);
    }
    render_close(render);
    return rc;
}

int report_file_write(const struct report_file *file, struct render_options *options,
                      const struct report *report, struct error *err)
{
    struct report_content content = { .file = file, .options = options, .report = report };

    return whole_file_write(file->path, 0644, report_file_put, &content, err);
}
