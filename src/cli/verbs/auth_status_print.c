/* auth_status_print.c - the status of sign-ins, for people and for scripts. */
#include "auth_standing.h"
#include "output/output.h"
#include "terminal/terminal.h"

#include "offerstat/escape.h"
#include "offerstat/outcome.h"
#include "offerstat/portal.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TITLES 12 /* columns of the titles in front of texts */

/* For people. */

/* In a column of its own. */
static void print_title(const char *title)
{
    size_t width = width_of(title);

    printf("%s%*s", title, width < TITLES ? (int)(TITLES - width) : 1, "");
}

static void print_text(const char *title, const char *text)
{
    struct strbuf safe = STRBUF_INIT(8192), shown = STRBUF_INIT((size_t)64 * 1024);

    escape_text(&safe, text, ESCAPE_CI);
    wrap_put(&shown, strbuf_text(&safe), terminal_width(STDOUT_FILENO), TITLES, TITLES);
    if (shown.len > 0 && !safe.failed && !shown.failed) {
        print_title(title);
        puts(strbuf_text(&shown));
    }
    strbuf_clear(&shown);
    strbuf_clear(&safe);
}

static void print_pair(const char *title, const char *first, const char *second)
{
    char line[ERROR_TEXT_MAX + 256];

    if (second[0] == '\0') {
        print_text(title, first);
    } else if (first[0] == '\0') {
        print_text(title, second);
    } else {
        snprintf(line, sizeof(line), "%s (%s)", first, second);
        print_text(title, line);
    }
}

/* "Token ends  2026-11-24T10:00:00Z (in 59 minutes)" */
static void print_end(const char *title, int64_t end_ms)
{
    char at[TIMESTAMP_MAX], relative[TIMESTAMP_MAX];

    if (end_ms != 0) {
        timestamp_format(end_ms, at);
        timestamp_relative(end_ms, output_now_ms(), relative);
        print_pair(title, at, relative);
    }
}

static void print_check(const struct standing *st)
{
    char text[256];

    if (st->accepted && st->has_publishers) {
        snprintf(text, sizeof(text),
                 translate_count("the %s API accepts the token; %zu publisher",
                                 "the %s API accepts the token; %zu publishers",
                                 st->publisher_count),
                 st->api, st->publisher_count);
        print_text(_("Check"), text);
    } else if (st->accepted) {
        snprintf(text, sizeof(text), _("the %s API accepts the token"), st->api);
        print_text(_("Check"), text);
    } else if (st->checked) {
        print_text(_("Check"), error_text(&st->err));
    }
}

static bool skipped_the_same(const struct standing *a, const struct standing *b)
{
    for (size_t i = 0; i < a->skipped_count && i < b->skipped_count; i++) {
        if (strcmp(a->skipped[i].why.text, b->skipped[i].why.text) != 0) {
            return false;
        }
    }
    return a->skipped_count == b->skipped_count;
}

static void print_skipped(const struct standing *st, const struct standing *before)
{
    char line[ERROR_TEXT_MAX + 64];
    bool is_known = before != NULL && skipped_the_same(st, before);

    for (size_t i = 0; !is_known && i < st->skipped_count; i++) {
        snprintf(line, sizeof(line), "%s: %s", st->skipped[i].source,
                 error_text(&st->skipped[i].why));
        print_text(_("Skipped"), line);
    }
}

void auth_print_standing(const struct standing *st, const struct standing *before)
{
    const struct signin_status *about = &st->about;

    print_text(_("API"), st->api);
    if (about->source == NULL) {
        print_text(_("Source"), st->absent ? _("none") : _("none: no token was issued"));
        if (st->left_out.text[0] != '\0') { /* the error on stderr has the reasons */
            print_skipped(st, before);
        }
        return;
    }
    print_pair(_("Source"), about->source, about->origin);
    print_text(_("Audience"), about->audience);
    print_text(_("User"), about->user);
    print_pair(_("Application"), about->client, about->client_name);
    print_text(_("Tenant"), about->tenant);
    print_text(_("Roles"), about->roles);
    print_text(_("Scopes"), about->scopes);
    print_end(_("Token ends"), about->expires_ms);
    print_end(_("Certificate"), about->certificate_end_ms);
    print_skipped(st, before);
    for (size_t i = 0; i < st->finding_count; i++) {
        print_text(_("Problem"), error_text(&st->findings[i].text));
        print_text(_("To do"), error_text(&st->findings[i].advice));
    }
    print_check(st);
}

/* For scripts. */

static void put_text(struct strbuf *out, const char *key, const char *text)
{
    strbuf_printf(out, ",\"%s\":", key);
    if (text != NULL && text[0] != '\0') {
        escape_json(out, text);
    } else {
        strbuf_puts(out, "null");
    }
}

static void put_time(struct strbuf *out, const char *key, int64_t at_ms)
{
    char at[TIMESTAMP_MAX] = "";

    if (at_ms != 0) {
        timestamp_format(at_ms, at);
    }
    put_text(out, key, at);
}

/* The words between blanks, as an array. */
static void put_words(struct strbuf *out, const char *key, const char *words)
{
    const char *comma = "";
    char word[1024];

    strbuf_printf(out, ",\"%s\":[", key);
    while (*(words += strspn(words, " ")) != '\0') {
        size_t len = strcspn(words, " ");
        snprintf(word, sizeof(word), "%.*s", (int)len, words);
        strbuf_puts(out, comma);
        escape_json(out, word);
        comma = ",";
        words += len;
    }
    strbuf_puts(out, "]");
}

static void put_check(struct strbuf *out, const struct standing *st)
{
    if (!st->checked) {
        strbuf_puts(out, ",\"check\":null");
        return;
    }
    strbuf_printf(out, ",\"check\":{\"accepted\":%s", st->accepted ? "true" : "false");
    if (st->accepted && st->has_publishers) {
        strbuf_printf(out, ",\"publishers\":%zu", st->publisher_count);
    } else {
        strbuf_puts(out, ",\"publishers\":null");
    }
    put_text(out, "message", st->accepted ? NULL : st->err.text);
    put_text(out, "advice", st->advice);
    strbuf_puts(out, "}");
}

static void put_standing(struct strbuf *out, const struct standing *st)
{
    const struct signin_status *about = &st->about;

    strbuf_puts(out, "{\"api\":");
    escape_json(out, st->api);
    put_text(out, "source", about->source);
    put_text(out, "origin", about->origin);
    put_text(out, "audience", about->audience);
    put_text(out, "wantedAudience", portal_traits(st->api)->audience);
    put_text(out, "user", about->user);
    put_text(out, "application", about->client);
    put_text(out, "applicationName", about->client_name);
    put_text(out, "tenant", about->tenant);
    put_words(out, "roles", about->roles);
    put_words(out, "scopes", about->scopes);
    put_time(out, "expiresAt", about->expires_ms);
    put_time(out, "certificateExpiresAt", about->certificate_end_ms);
    strbuf_puts(out, ",\"problems\":[");
    for (size_t i = 0; i < st->finding_count; i++) {
        strbuf_printf(out, "%s{\"code\":\"%s\"", i > 0 ? "," : "", st->findings[i].code);
        put_text(out, "message", st->findings[i].text.text);
        put_text(out, "advice", st->findings[i].advice.text);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "],\"skipped\":[");
    for (size_t i = 0; i < st->skipped_count; i++) {
        strbuf_printf(out, "%s{\"source\":\"%s\"", i > 0 ? "," : "", st->skipped[i].source);
        put_text(out, "reason", st->skipped[i].why.text);
        strbuf_puts(out, "}");
    }
    strbuf_puts(out, "]");
    put_check(out, st);
    strbuf_puts(out, "}");
}

/* In the same form as the errors of other documents. */
static void put_error(struct strbuf *out, const struct error *err)
{
    strbuf_printf(out, "{\"code\":\"%s\",\"exit\":%d", error_word(err->code),
                  outcome_of_error(err->code));
    put_text(out, "message", err->text);
    put_text(out, "publisher", NULL);
    put_text(out, "offer", NULL);
    put_text(out, "requestId", err->request_id);
    strbuf_puts(out, "}");
}

static bool is_whole(const struct standing *st)
{
    return st->err.code == ERR_NONE || st->left_out.text[0] != '\0';
}

static void put_notes(struct strbuf *out, const struct standing *all, size_t count)
{
    const char *before = "\"notes\":[", *end = "";

    for (size_t i = 0; i < count; i++) {
        if (all[i].left_out.text[0] != '\0') {
            strbuf_puts(out, before);
            escape_json(out, all[i].left_out.text);
            before = ",";
            end = "],\n";
        }
    }
    strbuf_puts(out, end);
}

int auth_print_document(const char *api, const struct standing *all, size_t count)
{
    struct strbuf out = STRBUF_INIT((size_t)1024 * 1024);
    const char *comma = "";
    bool complete = true;
    int code = EXIT_OK;

    strbuf_puts(&out, "{\"schemaVersion\":1");
    put_time(&out, "generatedAt", output_now_ms());
    put_text(&out, "api", api);
    strbuf_puts(&out, ",\n\"signIns\":[");
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(&out, i > 0 ? ",\n" : "\n");
        put_standing(&out, &all[i]);
        code = outcome_worse(code, all[i].code);
        complete = complete && is_whole(&all[i]);
    }
    strbuf_printf(&out, "],\n\"complete\":%s,\n", complete ? "true" : "false");
    put_notes(&out, all, count);
    strbuf_puts(&out, "\"errors\":[");
    for (size_t i = 0; i < count; i++) {
        if (!is_whole(&all[i])) {
            strbuf_puts(&out, comma);
            put_error(&out, &all[i].err);
            comma = ",";
        }
    }
    strbuf_puts(&out, "]}\n");
    if (out.failed) {
        code = outcome_of_error(ERR_MEMORY);
    } else {
        fputs(strbuf_text(&out), stdout);
    }
    strbuf_clear(&out);
    return code;
}
