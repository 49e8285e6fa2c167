/* jq_filter.c - a JSON document through a jq expression. */
#include "jq_filter.h"

#include "libjq.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

struct jq_filter {
    const struct libjq *lib;
    jq_state *jq;
    char complaint[ERROR_TEXT_MAX]; /* libjq's first message */
};

/* libjq reads the environment (`env`, `$ENV`, the home of ~/.jq), which holds secrets.  TZ stays:
 * `localtime` goes by it. */
static char **hide_environment(void)
{
    static char *shown[2];
    char **whole = environ;

    shown[0] = NULL;
    for (size_t i = 0; whole != NULL && whole[i] != NULL; i++) {
        if (strncmp(whole[i], "TZ=", 3) == 0) {
            shown[0] = whole[i];
        }
    }
    environ = shown;
    return whole;
}

/* "jq: error: syntax error, ... (Unix shell quoting issues?) at <top-level>, line 1:\n.foo[": its
 * first line, without the colon before the expression. */
static void jq_filter_on_message(void *user, jv message)
{
    static const char prefix[] = "jq: error: ";
    struct jq_filter *f = user;

    if (f->lib->jv_get_kind(message) == JV_KIND_STRING && f->complaint[0] == '\0') {
        const char *text = f->lib->jv_string_value(message);
        size_t len;
        if (strncmp(text, prefix, sizeof(prefix) - 1) == 0) {
            text += sizeof(prefix) - 1;
        }
        len = strcspn(text, "\n");
        if (len > 0 && text[len - 1] == ':') {
            len--;
        }
        snprintf(f->complaint, sizeof(f->complaint), "%.*s", (int)len, text);
    }
    f->lib->jv_free(message);
}

int jq_filter_open(const char *expression, struct jq_filter **out, struct error *err)
{
    const struct libjq *lib = libjq_load(err);
    struct jq_filter *f;
    char **environment;
    int compiled;

    if (lib == NULL) {
        return -1;
    }
    f = calloc(1, sizeof(*f));
    if (f == NULL) {
        return error_memory(err);
    }
    f->lib = lib;
    environment = hide_environment();
    f->jq = lib->jq_init();
    if (f->jq == NULL) {
        environ = environment;
        jq_filter_close(f);
        return error_memory(err);
    }
    lib->jq_set_error_cb(f->jq, jq_filter_on_message, f);
    lib->jq_set_attr(f->jq, lib->jv_string("JQ_LIBRARY_PATH"), lib->jv_array());
    compiled = lib->jq_compile(f->jq, expression);
    environ = environment;
    if (compiled == 0) {
        error_set(err, ERR_USAGE, "--jq: %s", f->complaint);
        jq_filter_close(f);
        return -1;
    }
    *out = f;
    return 0;
}

/* Consumes result. */
static void put_result(struct jq_filter *f, jv result, struct strbuf *out)
{
    const struct libjq *lib = f->lib;
    jv text = result;

    if (lib->jv_get_kind(result) != JV_KIND_STRING) {
        text = lib->jv_dump_string(result, JV_PRINT_INDENT_FLAGS(2));
    }
    strbuf_append(out, lib->jv_string_value(text),
                  (size_t)lib->jv_string_length_bytes(lib->jv_copy(text)));
    strbuf_puts(out, "\n");
    lib->jv_free(text);
}

/* Why there is no further result: an error, `halt_error`, or the normal end.  Consumes end. */
static int check_end(struct jq_filter *f, jv end, struct error *err)
{
    const struct libjq *lib = f->lib;
    jv message = lib->jv_invalid_get_msg(end);
    int rc = 0;

    if (lib->jq_halted(f->jq)) {
        jv code = lib->jq_get_exit_code(f->jq);
        if (lib->jv_get_kind(code) == JV_KIND_NUMBER) {
            rc = error_set(err, ERR_OUTPUT, "--jq: the expression has ended with an error");
        }
        lib->jv_free(code);
    } else if (lib->jv_get_kind(message) == JV_KIND_STRING) {
        rc = error_set(err, ERR_OUTPUT, "--jq: %s", lib->jv_string_value(message));
    } else if (lib->jv_get_kind(message) != JV_KIND_NULL) {
        rc = error_set(err, ERR_OUTPUT, "--jq: the expression has ended with an error");
    }
    lib->jv_free(message);
    return rc;
}

int jq_filter_run(struct jq_filter *f, const char *document, size_t len, struct strbuf *results,
                  struct error *err)
{
    const struct libjq *lib = f->lib;
    char **environment;
    jv result;

    if (len > INT_MAX) {
        return error_set(err, ERR_OUTPUT, "--jq: the document is too large");
    }
    environment = hide_environment();
    lib->jq_start(f->jq, lib->jv_parse_sized(document, (int)len), 0);
    result = lib->jq_next(f->jq);
    while (lib->jv_get_kind(result) != JV_KIND_INVALID && !results->failed) {
        put_result(f, result, results);
        result = lib->jq_next(f->jq);
    }
    environ = environment;
    if (results->failed) {
        lib->jv_free(result);
        if (results->len < results->max / 2) { /* it grows by doubling: not max, memory */
            return error_memory(err);
        }
        return error_set(err, ERR_OUTPUT, "--jq: the results are too large");
    }
    return check_end(f, result, err);
}

void jq_filter_close(struct jq_filter *f)
{
    if (f == NULL) {
        return;
    }
    if (f->jq != NULL) {
        f->lib->jq_teardown(&f->jq);
    }
    free(f);
}
