/* select.c - matching arguments with offers: by id, name or glob, and "did you mean". */
#include "offerstat/select.h"

#include "offerstat/text.h"
#include "offerstat/typo.h"

#include <string.h>

#define PART_MIN 3 /* fewer bytes are too few to guess which offer was meant */

struct select_argument {
    const char *text;                    /* as the user wrote it */
    const char *publisher;               /* before a '/', or NULL */
    const char *id;                      /* after it, or all of text */
    bool by_id;                          /* an id, a glob or a part matched */
    const char *named, *named_publisher; /* the first offer that has exactly this name */
    bool several;                        /* there are more of this name */
    const char *nearest;
    size_t nearest_distance;
    const char *part_of; /* the first id or name that contains the argument */
};

int selection_init(struct selection *s, enum select_mode mode, const char *const *arguments,
                   size_t count)
{
    *s = (struct selection){ .mode = mode, .count = count };
    if (count == 0) {
        return 0;
    }
    s->arguments = arena_alloc(&s->arena, count * sizeof(*s->arguments));
    for (size_t i = 0; s->arguments != NULL && i < count; i++) {
        struct select_argument *a = &s->arguments[i];
        const char *slash = strchr(arguments[i], '/');
        a->text = arena_strdup(&s->arena, arguments[i]);
        if (a->text == NULL) {
            break;
        }
        a->id = a->text;
        if (slash != NULL && slash != arguments[i] && slash[1] != '\0') {
            a->publisher = arena_strndup(&s->arena, arguments[i], (size_t)(slash - arguments[i]));
            a->id = a->text + (slash - arguments[i]) + 1;
            if (a->publisher == NULL) {
                break;
            }
        }
        a->nearest_distance = word_slip_limit(a->id) + 1;
        if (i + 1 == count) {
            return 0;
        }
    }
    selection_clear(s);
    return -1;
}

static bool matches_id(const struct selection *s, const struct select_argument *a, const char *id,
                       const char *name)
{
    if (text_equal_nocase(a->id, id)) {
        return true;
    }
    if (glob_has_magic(a->id)) {
        return glob_match(a->id, id);
    }
    return s->mode == SELECT_PATTERN &&
           (text_contains_nocase(id, a->id) || text_contains_nocase(name, a->id));
}

static void remember_near(struct selection *s, struct select_argument *a, const char *candidate)
{
    size_t distance;

    if (candidate == NULL || a->nearest_distance == 0) {
        return;
    }
    if (a->part_of == NULL && strlen(a->id) >= PART_MIN && text_contains_nocase(candidate, a->id)) {
        a->part_of = arena_strdup(&s->arena, candidate);
    }
    distance = word_distance(a->id, candidate, a->nearest_distance - 1);
    if (distance < a->nearest_distance) {
        const char *copy = arena_strdup(&s->arena, candidate);
        if (copy != NULL) { /* without memory only the hint is missing */
            a->nearest = copy;
            a->nearest_distance = distance;
        }
    }
}

/* Several APIs may list the offer, and some do not know its publisher: these records are one
 * offer. */
static void remember_named(struct selection *s, struct select_argument *a, const char *publisher,
                           const char *id)
{
    publisher = publisher != NULL ? publisher : "";
    if (a->named == NULL) {
        a->named = arena_strdup(&s->arena, id);
        a->named_publisher = arena_strdup(&s->arena, publisher);
    } else if (!text_equal_nocase(a->named, id) ||
               (*publisher != '\0' && *a->named_publisher != '\0' &&
                !text_equal_nocase(a->named_publisher, publisher))) {
        a->several = true;
    }
}

/* How an argument matches an offer. */
enum match { MATCH_NONE, MATCH_ID, MATCH_NAME };

/* Whether "contoso/vm" may mean this offer: it names the offer's publisher, or it is a name that
 * contains a slash. */
static bool fits_publisher(const struct selection *s, const struct select_argument *a,
                           const char *publisher, const char *name)
{
    if (a->publisher == NULL || text_equal_nocase(a->publisher, publisher)) {
        return true;
    }
    if (s->mode == SELECT_PATTERN) {
        return text_contains_nocase(name, a->text);
    }
    return text_equal_nocase(name, a->text);
}

static enum match match_argument(const struct selection *s, const struct select_argument *a,
                                 const char *publisher, const char *id, const char *name)
{
    if (!fits_publisher(s, a, publisher, name)) {
        return MATCH_NONE;
    }
    if (matches_id(s, a, id, name)) {
        return MATCH_ID;
    }
    if (text_equal_nocase(a->text, name)) {
        return MATCH_NAME;
    }
    return MATCH_NONE;
}

enum selected selection_test(const struct selection *s, const char *publisher, const char *id,
                             const char *name)
{
    enum selected result = s->count == 0 ? SELECTED_YES : SELECTED_NO;

    for (size_t i = 0; i < s->count && result != SELECTED_YES; i++) {
        switch (match_argument(s, &s->arguments[i], publisher, id, name)) {
        case MATCH_NONE:
            break;
        case MATCH_NAME:
            result = SELECTED_IF_UNIQUE;
            break;
        case MATCH_ID:
            result = SELECTED_YES;
            break;
        }
    }
    return result;
}

static bool is_of(const struct select_argument *a, const char *publisher)
{
    return a->publisher == NULL || text_equal_nocase(a->publisher, publisher);
}

void selection_see(struct selection *s, const char *publisher, const char *id, const char *name)
{
    for (size_t i = 0; i < s->count; i++) {
        struct select_argument *a = &s->arguments[i];
        switch (match_argument(s, a, publisher, id, name)) {
        case MATCH_NONE:
            if (!a->by_id && is_of(a, publisher)) {
                remember_near(s, a, id);
                remember_near(s, a, name);
            }
            break;
        case MATCH_NAME:
            remember_named(s, a, publisher, id);
            break;
        case MATCH_ID:
            a->by_id = true;
            break;
        }
    }
}

bool selection_has_unique_name(const struct selection *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct select_argument *a = &s->arguments[i];
        if (!a->by_id && a->named != NULL && !a->several && text_equal_nocase(a->text, name)) {
            return true;
        }
    }
    return false;
}

bool selection_has(const struct selection *s, const char *publisher, const char *id,
                   const char *name)
{
    switch (selection_test(s, publisher, id, name)) {
    case SELECTED_YES:
        return true;
    case SELECTED_IF_UNIQUE:
        return selection_has_unique_name(s, name);
    case SELECTED_NO:
    case SELECTED_NEVER:
        break;
    }
    return false;
}

bool selection_missing(const struct selection *s, size_t nth, struct error *err)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct select_argument *a = &s->arguments[i];
        if (a->by_id || (a->named != NULL && !a->several) || nth-- > 0) {
            continue;
        }
        if (a->several) {
            error_set(
                err, ERR_NOT_FOUND,
                "several offers are named \"%s\" (one is %s); name the one you mean by its id",
                a->text, a->named);
        } else if (a->nearest != NULL || a->part_of != NULL) {
            error_set(err, ERR_NOT_FOUND, "no offer \"%s\"; did you mean \"%s\"?", a->text,
                      a->nearest != NULL ? a->nearest : a->part_of);
        } else {
            error_set(err, ERR_NOT_FOUND, "no offer \"%s\"; `offerstat list` shows those there are",
                      a->text);
        }
        return true;
    }
    return false;
}

void selection_clear(struct selection *s)
{
    arena_clear(&s->arena);
    s->arguments = NULL;
    s->count = 0;
}
