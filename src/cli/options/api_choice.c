/* api_choice.c - which APIs a run reads. */
#include "api_choice.h"

#include "process/core_file.h"
#include "refuse.h"
#include "settings.h"

#include "offerstat/portal.h"
#include "offerstat/secret.h"
#include "offerstat/token.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ALL_APIS ((1u << PORTAL_APIS) - 1)

unsigned api_set_of(const char *api)
{
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        if (strcmp(portal_api_name(i), api) == 0) {
            return 1u << i;
        }
    }
    return 0;
}

static int refuse_api(const char *word, struct error *err)
{
    const char *known[PORTAL_APIS + 2] = { API_AUTO, API_ALL };

    for (size_t i = 0; i < PORTAL_APIS; i++) {
        known[i + 2] = portal_api_name(i);
    }
    return refuse_word(N_("no API"), word, known, PORTAL_APIS + 2, REFUSE_AND_LIST, err);
}

int api_set_parse(const char *value, unsigned *set, struct error *err)
{
    unsigned found = 0;

    if (strcmp(value, API_AUTO) == 0) {
        *set = 0;
        return 0;
    }
    if (strcmp(value, API_ALL) == 0) {
        *set = ALL_APIS;
        return 0;
    }
    for (const char *rest = value; rest != NULL;) {
        size_t len = strcspn(rest, ",");
        char word[64];
        unsigned bit;
        snprintf(word, sizeof(word), "%.*s", (int)(len < sizeof(word) ? len : sizeof(word)), rest);
        bit = api_set_of(word);
        if (bit == 0 && strchr(value, ',') != NULL &&
            (strcmp(word, API_AUTO) == 0 || strcmp(word, API_ALL) == 0)) {
            return error_set(err, ERR_USAGE, "%s cannot be part of a list", word);
        }
        if (bit == 0) {
            return refuse_api(word, err);
        }
        found |= bit;
        rest = rest[len] == ',' ? rest + len + 1 : NULL;
    }
    *set = found;
    return 0;
}

bool api_set_has(unsigned set, const char *api)
{
    return (set & api_set_of(api)) != 0;
}

bool api_set_has_several(unsigned set)
{
    return (set & (set - 1)) != 0;
}

const char *api_set_first(unsigned set)
{
    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        if ((set & 1u << i) != 0) {
            return portal_api_name(i);
        }
    }
    return NULL;
}

void api_set_print(struct strbuf *out, unsigned set, const char *separator)
{
    const char *before = "";

    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        if ((set & 1u << i) != 0) {
            strbuf_puts(out, before);
            strbuf_puts(out, portal_api_name(i));
            before = separator;
        }
    }
}

unsigned api_set_of_auto(bool has_token, const char *token_api)
{
    if (!has_token) {
        return ALL_APIS;
    }
    return api_set_of(token_api != NULL ? token_api : portal_default_api());
}

bool api_takes_ready_token(const struct settings *s)
{
    return s->auth == NULL || strcmp(s->auth, "auto") == 0 || strcmp(s->auth, "token") == 0;
}

void api_choose_one(struct settings *s, const char *api)
{
    s->api = api;
    s->apis = api_set_of(api);
    s->finds_apis = false;
}

void api_choose_all(struct settings *s)
{
    s->api = API_ALL;
    s->apis = ALL_APIS;
    s->finds_apis = false;
}

/* What comes through a pipe can be read once, and is kept for the sign-in.  A file is read again
 * there, where its faults are reported. */
static int look_at_token_file(struct settings *s, struct error *err)
{
    struct error unreadable = ERROR_INIT;
    struct stat about;
    char *text = NULL;
    bool is_stdin = strcmp(s->token_file, "-") == 0;

    if (!is_stdin && stat(s->token_file, &about) != 0) {
        return 0;
    }
    forbid_core_file(s->debug);
    if (!is_stdin && S_ISREG(about.st_mode)) {
        if (token_read_file(s->token_file, &text, &unreadable) == 0) {
            s->token_api = portal_token_api(text);
            secret_free(text);
        }
        return 0;
    }
    if (token_read_file(s->token_file, &s->piped_token, err) != 0) {
        return -1;
    }
    s->token_api = portal_token_api(s->piped_token);
    return 0;
}

int api_choose(struct settings *s, bool reads_offers, struct error *err)
{
    bool has_token = (s->token != NULL || s->token_file != NULL) && api_takes_ready_token(s);
    bool is_auto = s->apis == 0;

    s->is_auto = is_auto;
    if (is_auto && !reads_offers) {
        api_choose_one(s, portal_default_api());
        return 0;
    }
    if (!is_auto && !api_set_has_several(s->apis)) {
        return 0;
    }
    if (has_token && s->token != NULL) {
        s->token_api = portal_token_api(s->token);
    } else if (has_token && look_at_token_file(s, err) != 0) {
        return -1;
    }
    if (!is_auto) {
        return 0;
    }
    s->apis = api_set_of_auto(has_token, s->token_api);
    s->finds_apis = api_set_has_several(s->apis);
    if (!s->finds_apis) {
        s->api = api_set_first(s->apis);
    }
    return 0;
}
