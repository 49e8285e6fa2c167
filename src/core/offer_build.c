/* offer_build.c - filling an offer's record while the answers about it come. */
#include "offerstat/offer_build.h"

#include "offerstat/translate.h"
#include "offerstat/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NOTE_MAX 512

void offer_apply_ruling(struct offer *o, const struct ruling *ruling)
{
    o->state = ruling->state;
    o->live = ruling->live;
    o->rule = ruling->rule;
    o->basis = ruling->basis;
    o->action = state_action(ruling->state, offer_is_blocked(o));
}

__attribute__((format(printf, 2, 0))) static void write_note(char text[NOTE_MAX],
                                                             const char *format, va_list args)
{
    static const char cut[] = "...";

    if (vsnprintf(text, NOTE_MAX, format, args) >= NOTE_MAX) {
        text[NOTE_MAX - sizeof(cut)] = '\0';
        utf8_trim(text);
        memcpy(text + strlen(text), cut, sizeof(cut));
    }
}

int offer_add_note(struct arena *a, struct offer *o, const struct note *note)
{
    struct note *notes;

    for (size_t i = 0; i < o->note_count; i++) {
        if (strcmp(o->notes[i].text, note->text) == 0) {
            return 0; /* there already: the same answer was read twice */
        }
    }
    notes = arena_grow(a, (struct note *)o->notes, o->note_count, sizeof(*notes)); /* ours */
    if (notes == NULL) {
        return -1;
    }
    o->notes = notes;
    notes[o->note_count++] = *note;
    return 0;
}

int offer_note(struct arena *a, struct offer *o, bool warning, const char *format, ...)
{
    char text[NOTE_MAX];
    struct note note = { .warning = warning };
    va_list args;

    va_start(args, format);
    write_note(text, format, args);
    va_end(args);
    note.text = arena_strdup(a, text);
    if (translates()) {
        va_start(args, format);
        write_note(text, translate(format), args);
        va_end(args);
        note.local_text = arena_strdup(a, text);
    }
    if (note.text == NULL || (translates() && note.local_text == NULL)) {
        return -1;
    }
    return offer_add_note(a, o, &note);
}

int offer_note_error(struct arena *a, struct offer *o, bool warning, const struct error *what)
{
    struct note note = { .warning = warning, .text = arena_strdup(a, what->text) };

    if (what->local_text[0] != '\0') {
        note.local_text = arena_strdup(a, what->local_text);
    }
    if (note.text == NULL || (what->local_text[0] != '\0' && note.local_text == NULL)) {
        return -1;
    }
    return offer_add_note(a, o, &note);
}

int offer_note_newest_unknown(struct arena *a, struct offer *o)
{
    if (o->state == STATE_FAILED) {
        return offer_note(a, o, true,
                          "it is not known which of its submissions is the newest, and one that "
                          "may be has failed");
    }
    return offer_note(a, o, true, "it is not known which of its submissions is the newest");
}

int offer_note_odd_word(struct arena *a, struct offer *o, const char *word, enum offer_state state)
{
    struct error note = ERROR_INIT;

    error_set(&note, ERR_NONE, "\"%s\" is in no documentation, read as %s", word,
              state_token(state));
    error_set_local(&note, _("\"%s\" is in no documentation, read as %s"), word,
                    state_label(state));
    return offer_note_error(a, o, true, &note);
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
    if (offer_note(a, o, false, "the product has no offer id: its GUID is shown instead") != 0) {
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
