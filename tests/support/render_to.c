/* render_to.c - a render into memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"

#include <stdlib.h>

char *render_to_text(const char *format, struct render_options *options,
                     const struct report *report, struct error *err)
{
    struct render *r = NULL;
    char *text = NULL;
    size_t size = 0;
    int rc;

    options->out = open_memstream(&text, &size);
    if (options->out == NULL) {
        return NULL;
    }
    rc = render_open(render_format_find(format), options, &r, err);
    if (rc == 0) {
        rc = render_whole(r, report, err);
    }
    render_close(r);
    fclose(options->out);
    if (rc != 0) {
        free(text);
        return NULL;
    }
    return text;
}

char *must_render(const char *format, struct render_options options, const struct report *report)
{
    struct error err = ERROR_INIT;
    char *text = render_to_text(format, &options, report, &err);

    assert_string_equal(err.text, "");
    assert_non_null(text);
    return text;
}
