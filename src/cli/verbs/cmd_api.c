/* cmd_api.c - a raw GET, with the sign-in. */
#include "options/api_choice.h"
#include "options/commands.h"
#include "options/options.h"
#include "output/json_indent.h"
#include "session/session.h"
#include "session/ways.h"
#include "terminal/progress.h"
#include "terminal/say.h"

#include "offerstat/escape.h"
#include "offerstat/portal.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE_MAX ((size_t)1024 * 1024 * 1024)

static int fail_to_write(struct error *err)
{
    return error_set(err, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
}

/* Print one document for each page, each on its own lines; indented and made safe on a terminal,
 * else byte for byte. */
static int api_on_page(void *user, const char *data, size_t len, struct error *err)
{
    struct strbuf safe = STRBUF_INIT(PAGE_MAX), indented = STRBUF_INIT(PAGE_MAX);
    const bool *tty = user;
    bool ended;
    int rc = 0;

    progress_clear();
    if (*tty) {
        json_indent(&indented, data, len);
        escape_text(&safe, strbuf_text(&indented), ESCAPE_LINES);
    }
    if (safe.failed || indented.failed) {
        rc = error_memory(err);
    } else if (*tty) {
        data = strbuf_text(&safe);
        len = safe.len;
    }
    ended = len > 0 && data[len - 1] == '\n';
    errno = 0;
    if (rc == 0 && (fwrite(data, 1, len, stdout) != len || (!ended && putchar('\n') == EOF))) {
        rc = fail_to_write(err);
    }
    strbuf_clear(&indented);
    strbuf_clear(&safe);
    return rc;
}

static int api_run(const struct settings *s, int count, const char *const *arguments)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    bool tty = isatty(STDOUT_FILENO) == 1;
    bool was_open;
    int rc = -1;

    (void)count;
    if (*arguments[0] == '\0') {
        error_set(&err, ERR_USAGE, "the path is empty");
    } else if (api_set_has_several(s->apis)) {
        error_set(&err, ERR_USAGE, "--api: a raw request goes to one API: cpp, ingestion or graph");
    } else if (session_open(s, &session, NULL, NULL, &err) == 0) {
        rc =
            portal_get(session_portal(session), arguments[0], s->paginate, api_on_page, &tty, &err);
        if (rc != 0) {
            error_wrap(&err, "%s", arguments[0]);
        }
    }
    was_open = session != NULL;
    session_close(session);
    progress_clear();
    if (rc != 0) {
        say_error(&err);
        say_advice(s->api, err.code, err.http);
        if (!was_open) {
            ways_say(s, err.code);
        }
        return outcome_of_error(err.code);
    }
    return EXIT_OK;
}

const struct cli_command command_api = {
    .name = "api",
    .arguments = "PATH",
    .help = N_("a raw GET with the sign-in, as the service answers it"),
    .examples = { { .what = N_("one call as the service answers it"),
                    .command = "offerstat api --api ingestion products" },
                  { .what = N_("every page of it, for jq"),
                    .command = "offerstat api --api ingestion products --paginate | jq -r "
                               "'.value[].name'" } },
    .more = N_("PATH is below the API's own path (`offerstat api --api ingestion products`), or "
               "below the endpoint where it begins with a slash. The version that each call needs "
               "is added. --paginate follows the links to further pages; each is a document of its "
               "own."),
    .groups = FOR_ALL | FOR_REMOTE | FOR_API,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = api_run,
};
