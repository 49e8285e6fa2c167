/* waiting_end.c - the last line of a wait: what decided it, and what to do next. */
#include "offerstat/outcome.h"
#include "offerstat/translate.h"
#include "offerstat/waiting.h"

#include <string.h>

#define PART_MAX ((size_t)8 * 1024 * 1024)

static const struct {
    int code;
    const char *word, *label;
} results[] = {
    { EXIT_OK, "reached", N_("reached") },
    { EXIT_FAILED, "failed", N_("failed") },
    { EXIT_CANCELED, "canceled", N_("canceled") },
    { EXIT_DELISTED, "delisted", N_("delisted") },
    { EXIT_UNKNOWN, "unknown", N_("unknown") },
    { EXIT_DEADLINE, "deadline", N_("deadline") },
    { EXIT_NOT_FOUND, "not_found", N_("not found") },
    { EXIT_AUTH, "auth", N_("sign-in lost") },
    { EXIT_SERVICE, "service", N_("service lost") },
    { EXIT_ANSWER, "answer", N_("unreadable") },
    { EXIT_PARTIAL, "partial", N_("partial") },
    { EXIT_HANGUP, "hangup", N_("hung up") },
    { EXIT_INTERRUPTED, "interrupted", N_("interrupted") },
    { EXIT_TERMINATED, "terminated", N_("terminated") },
};
#define RESULT_COUNT (sizeof(results) / sizeof(results[0]))

const char *waiting_result(const struct wait_ending *e)
{
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        if (results[i].code == e->code) {
            return results[i].word;
        }
    }
    return "error";
}

static const char *label_of(const struct wait_ending *e)
{
    for (size_t i = 0; i < RESULT_COUNT; i++) {
        if (results[i].code == e->code) {
            return _(results[i].label);
        }
    }
    return _("error");
}

/* Texts for machines stay English. */
static const char *in_words(bool for_people, const char *text) __attribute__((format_arg(2)));
static const char *in_words(bool for_people, const char *text)
{
    return for_people ? _(text) : text;
}

/* What to do next when the offer's page is known. */
static void put_next_on_page(struct strbuf *out, enum offer_action action, const char *name,
                             const char *url, bool for_people)
{
    switch (action) {
    case ACTION_SIGN_OFF:
        strbuf_printf(out, in_words(for_people, N_("sign off: %s")), url);
        break;
    case ACTION_REPUBLISH:
        strbuf_printf(out, in_words(for_people, N_("publish again: %s")), url);
        break;
    case ACTION_FIX:
        strbuf_printf(out,
                      in_words(for_people, N_("`offerstat show %s` has every message; fix what "
                                              "they say and publish again: %s")),
                      name, url);
        break;
    case ACTION_NONE:
    case ACTION_WAIT:
    case ACTION_LOOK:
        strbuf_printf(out, in_words(for_people, N_("`offerstat show %s`, or %s")), name, url);
        break;
    }
}

/* The Cloud Partner Portal's API gives no page.  `offerstat open` is not suggested: it needs the
 * sign-in of another API, and if there is one, --api auto has used it already. */
static void put_next_without_page(struct strbuf *out, enum offer_action action, const char *name,
                                  bool for_people)
{
    switch (action) {
    case ACTION_SIGN_OFF:
        strbuf_puts(out, in_words(for_people, N_("sign off in Partner Center")));
        break;
    case ACTION_REPUBLISH:
        strbuf_puts(out, in_words(for_people, N_("publish again in Partner Center")));
        break;
    case ACTION_FIX:
        strbuf_printf(out,
                      in_words(for_people, N_("`offerstat show %s` has every message; fix what "
                                              "they say and publish again in Partner Center")),
                      name);
        break;
    case ACTION_NONE:
    case ACTION_WAIT:
    case ACTION_LOOK:
        strbuf_printf(out, in_words(for_people, N_("`offerstat show %s`")), name);
        break;
    }
}

/* What to do about the offer that decided the result. */
static void put_next_of_offer(struct strbuf *out, const struct wait_ending *e, bool for_people)
{
    enum offer_action action = state_action(e->offer->state, offer_is_blocked(e->offer));
    struct strbuf name = STRBUF_INIT(PART_MAX);
    char url[OFFER_URL_MAX];

    waiting_put_name(&name, e->offer, e->several_publishers);
    if (offer_url(e->offer, url) != NULL) {
        put_next_on_page(out, action, strbuf_text(&name), url, for_people);
    } else {
        put_next_without_page(out, action, strbuf_text(&name), for_people);
    }
    strbuf_drop(out, &name);
}

void waiting_put_argument(struct strbuf *out, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,:@";

    if (text[strspn(text, plain)] == '\0') {
        strbuf_printf(out, " %s", text);
        return;
    }
    strbuf_puts(out, " '");
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            strbuf_puts(out, "'\\''");
        } else {
            strbuf_append(out, text, 1);
        }
    }
    strbuf_puts(out, "'");
}

/* The command, as it can be typed, that waits for the offers that are late. */
static void put_command(struct strbuf *out, const struct wait_ending *e)
{
    bool named = !e->some_unseen && e->late_count > 0 && e->late_count <= LATE_NAMED;

    strbuf_puts(out, "offerstat wait");
    for (size_t i = 0; named && i < e->late_count; i++) {
        strbuf_puts(out, " ");
        waiting_put_name(out, e->late[i].offer, e->several_publishers);
    }
    for (size_t i = 0; !named && i < e->argument_count; i++) {
        waiting_put_argument(out, e->arguments[i]);
    }
    if (!named && e->selection != NULL) {
        strbuf_puts(out, e->selection);
    }
    if (e->options != NULL) {
        strbuf_puts(out, e->options);
    }
}

void waiting_put_next(struct strbuf *out, const struct wait_ending *e, bool for_people)
{
    struct strbuf command = STRBUF_INIT(PART_MAX);
    const char *text = NULL;

    put_command(&command, e);
    switch (e->code) {
    case EXIT_NOT_FOUND:
        text =
            N_("`offerstat list` shows the offers; --appear waits for one that is still to come");
        break;
    case EXIT_AUTH:
        text = N_("`offerstat auth status --check` says what is wrong with the sign-in");
        break;
    case EXIT_ANSWER:
        text = N_("`offerstat check --debug` shows what the service answers");
        break;
    case EXIT_PARTIAL:
        text = N_("`offerstat check` names what cannot be read");
        break;
    case EXIT_SERVICE:
        strbuf_printf(out, in_words(for_people, N_("`%s` again once the service answers")),
                      strbuf_text(&command));
        break;
    case EXIT_DEADLINE:
    case EXIT_HANGUP:
    case EXIT_INTERRUPTED:
    case EXIT_TERMINATED:
        strbuf_printf(out, in_words(for_people, N_("`%s` goes on waiting")), strbuf_text(&command));
        break;
    default:
        if (e->offer != NULL) {
            put_next_of_offer(out, e, for_people);
        } else {
            text = N_("`offerstat list`");
        }
    }
    if (text != NULL) {
        strbuf_puts(out, in_words(for_people, text));
    }
    strbuf_drop(out, &command);
}

/* Drop the full stop of the service's message, since our sentence goes on. */
static void drop_full_stop(struct strbuf *text)
{
    if (text->len > 1 && text->data[text->len - 1] == '.' && text->data[text->len - 2] != '.') {
        text->data[--text->len] = '\0';
    }
}

/* An offer has reached its state, or one that ends the wait. */
static void put_end_by_offer(struct strbuf *out, const struct wait_ending *e)
{
    struct strbuf name = STRBUF_INIT(PART_MAX), standing = STRBUF_INIT(PART_MAX);
    struct strbuf took = STRBUF_INIT(64);

    waiting_put_name(&name, e->offer, e->several_publishers);
    waiting_put_standing(&standing, e->offer);
    drop_full_stop(&standing);
    waiting_put_duration(&took, e->took_ms);
    if (e->code == EXIT_OK && e->total > 1 && !e->any) {
        strbuf_printf(out, _("the last one, %s, is %s, after %s"), strbuf_text(&name),
                      strbuf_text(&standing), strbuf_text(&took));
    } else {
        strbuf_printf(out, _("%s is %s, after %s"), strbuf_text(&name), strbuf_text(&standing),
                      strbuf_text(&took));
    }
    strbuf_drop(out, &name);
    strbuf_drop(out, &standing);
    strbuf_drop(out, &took);
}

static void put_end_without(struct strbuf *out, const struct wait_ending *e)
{
    struct strbuf late = STRBUF_INIT(LATE_NAMED * PART_MAX), took = STRBUF_INIT(64);

    waiting_put_duration(&took, e->took_ms);
    if (e->problem != NULL) {
        strbuf_printf(out, _("%s, after %s"), error_text(e->problem), strbuf_text(&took));
    } else if (e->total == 0 && e->code != EXIT_OK) {
        strbuf_printf(out, _("nothing could be read, after %s"), strbuf_text(&took));
    } else if (e->total == 0) {
        strbuf_printf(out, _("there are no offers, after %s"), strbuf_text(&took));
    } else {
        strbuf_printf(out, _("after %s"), strbuf_text(&took));
    }
    if (e->late_count > 0) {
        waiting_put_late(&late, e->late, e->late_count, e->several_publishers);
        strbuf_printf(out, _("; not there: %s"), strbuf_text(&late));
    }
    strbuf_drop(out, &late);
    strbuf_drop(out, &took);
}

static void put_counts(struct strbuf *out, const struct wait_ending *e)
{
    if (e->withdrawn > 0 && e->total == 1) {
        strbuf_puts(out, _("; its submission is gone, and nothing was published in its place"));
    } else if (e->withdrawn > 0) {
        strbuf_printf(out,
                      _("; submissions that are gone, with nothing published in their place: %zu"),
                      e->withdrawn);
    }
    if (e->total > 1) {
        strbuf_printf(out, _("; %zu of %zu offers are there"), e->reached, e->total);
    }
    if (e->excepted > 0) {
        strbuf_printf(out, _("; %zu excepted"), e->excepted);
    }
}

void waiting_put_ending(struct strbuf *out, const struct wait_ending *e)
{
    struct strbuf how = STRBUF_INIT((size_t)2 * LATE_NAMED * PART_MAX),
                  next = STRBUF_INIT(2 * PART_MAX);

    if (e->offer != NULL) {
        put_end_by_offer(&how, e);
    } else {
        put_end_without(&how, e);
    }
    put_counts(&how, e);
    waiting_put_next(&next, e, true);
    strbuf_printf(out, _("%s (exit %d): %s. Next: %s"), label_of(e), e->code, strbuf_text(&how),
                  strbuf_text(&next));
    strbuf_drop(out, &how);
    strbuf_drop(out, &next);
}
