/* offer_build.c - filling an offer's record while the answers about it come. */
#include "offerstat/offer_build.h"

#include "offerstat/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void offer_apply_ruling(struct offer *o, const struct ruling *ruling)
{
    o->state = ruling->state;
    o->live = ruling->live;
    o->rule = ruling->rule;
    o->basis = ruling->basis;
    o->action = state_action(ruling->state, offer_is_blocked(o));
}

int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
{
    static const char cut[] = "...";
    char text[512];
    struct note *notes;
    va_list args;

    va_start(args, format);
    if (vsnprintf(text, sizeof(text), format, args) >= (int)sizeof(text)) {
        text[sizeof(text) - sizeof(cut)] = '\0';
        utf8_trim(text);
        memcpy(text + strlen(text), cut, sizeof(cut));
    }
    va_end(args);
    for (size_t i = 0; i < o->note_count; i++) {
        if (strcmp(o->notes[i].text, text) == 0) {
            return 0; /* said already: by the same answer, tried once more */
        }
    }
    notes = arena_grow(a, (struct note *)o->notes, o->note_count, sizeof(*notes)); /* ours */
    if (notes == NULL) {
        return -1;
    }
    o->notes = notes;
    notes[o->note_count] = (struct note){ .warning = warning, .text = arena_strdup(a, text) };
    if (notes[o->note_count].text == NULL) {
        return -1;
    }
    o->note_count++;
    return 0;
}

int offer_note_newest_unknown(struct arena *a, struct offer *o)
{
    return offer_note(a, o, true, "which of its submissions is the newest is not known%s",
                      o->state == STATE_FAILED ? ", and one that may be has failed" : "");
}

int offer_need_ids(struct arena *a, struct offer *o, struct error *err)
{
    if (o->product_id == NULL || *o->product_id == '\0') {
        return error_set(err, ERR_ANSWER, "id: is missing");
    }
    if (o->id != NULL) {
        return 0;
    }
    o->id = o->product_id;
    if (offer_note(a, o, false, "the product has no offer id: its GUID stands in for it") != 0) {
        return error_memory(err);
    }
    return 0;
}

int offer_event(struct arena *a, struct offer *o, const struct event *e)
{
    struct event *events =
        arena_grow(a, (struct event *)o->events, o->event_count, sizeof(*events));

    if (events == NULL) {
        return -1;
    }
    events[o->event_count++] = *e;
    o->events = events;
    return 0;
}
