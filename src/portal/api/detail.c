/* detail.c - a note for each member that is left out. */
#include "api/detail.h"

#include "offerstat/offer_build.h"

/* An answer may have thousands of them; the first ones show what is wrong. */
#define NOTES_MAX 20

int detail(struct detail *d, int rc, struct error *err)
{
    if (rc == 0) {
        return 0;
    }
    if (d->odd.code != ERR_ANSWER) {
        *err = d->odd;
        return -1;
    }
    if (d->offer->note_count < NOTES_MAX) {
        struct error note = d->odd;
        error_append(&note, "; left out");
        if (d->of != NULL) {
            error_wrap(&note, "%s", d->of);
        }
        if (offer_note_error(d->arena, d->offer, false, &note) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}
