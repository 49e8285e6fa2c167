/* offers_suggest.c - "did you mean" for publishers and types. */
#include "offers_suggest.h"

#include "options/settings.h"
#include "session/session.h"
#include "terminal/say.h"

#include "offerstat/strbuf.h"
#include "offerstat/typo.h"

#include <stdlib.h>
#include <string.h>

/* Publishers are listed only after the service has answered that there is no such one, so that a
 * successful run makes no further request. */
static void suggest_publisher(const struct offers_result *result, const char *wanted)
{
    struct portal *portal = session_portal(result->of->session);
    struct report known = REPORT_INIT;
    struct error ignored = ERROR_INIT;
    const char **names = NULL, *near = NULL;

    if (portal_has_publishers(portal) && portal_publishers(portal, &known, &ignored) == 0) {
        names = calloc(known.publisher_count + 1, sizeof(*names));
    }
    for (size_t i = 0; names != NULL && i < known.publisher_count; i++) {
        names[i] = known.publishers[i].id;
    }
    if (names != NULL) {
        near = word_nearest(wanted, names, known.publisher_count);
    }
    if (near != NULL) {
        say_hint("did you mean the publisher \"%s\"?", near);
    } else if (names != NULL) {
        say_hint("`offerstat publishers` shows those that this account sees");
    }
    free(names);
    report_clear(&known);
}

/* Any text may be a type, since the portal may add types; it is likely a typo only when no offer
 * has it. */
static void suggest_type(const char *wanted)
{
    const char *const *words;
    size_t count = offer_type_words(&words);
    const char *near = word_nearest(wanted, words, count);

    for (size_t i = 0; i < count; i++) {
        if (offer_type_matches(wanted, words[i])) {
            return;
        }
    }
    if (near != NULL && strcmp(near, wanted) == 0) {
        return;
    }
    if (near != NULL) {
        say_hint("no type \"%s\" is known; did you mean \"%s\"?", wanted, near);
    } else {
        struct strbuf known = STRBUF_INIT(1024);
        for (size_t i = 0; i < count; i++) {
            strbuf_printf(&known, "%s%s", i > 0 ? ", " : "", words[i]);
        }
        say_hint("no type \"%s\" is known; there are %s", wanted, strbuf_text(&known));
        strbuf_clear(&known);
    }
}

void offers_suggest(const struct offers_result *result)
{
    const struct settings *s = result->of->settings;
    const struct report *r = &result->report;

    if (s->quiet) {
        return;
    }
    for (size_t i = 0; i < r->problem_count && result->of->session != NULL; i++) {
        if (r->problems[i].code == ERR_NOT_FOUND && r->problems[i].publisher != NULL &&
            r->problems[i].offer == NULL) {
            suggest_publisher(result, r->problems[i].publisher);
            break;
        }
    }
    if (s->filter.type != NULL && r->total == 0 && r->offending == 0) {
        suggest_type(s->filter.type);
    }
}
