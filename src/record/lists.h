/* lists.h - what complete lists have, and have no more. */
#ifndef RECORD_LISTS_H
#define RECORD_LISTS_H

#include "record_priv.h"

#include <stdbool.h>

/* A complete list that is being written: the times of the lists that had its tracks before. */
#define LISTS_BEFORE 32
struct list_now {
    int64_t began_ms, time_ms; /* the first read of an offer of it; and of the list as a whole */
    int64_t before_ms[LISTS_BEFORE];
    size_t before_count;
};

/* Remember that a track is in the list, and when it was in one before (0: never). */
void lists_see(struct list_now *list, int64_t before_ms);

/* Whether such a list had a track that is not among what is being written. */
bool lists_may_lack(const struct record *r, const struct list_now *list);

/* Whether there were lists before in which an offer that has appeared just now should have been. */
int lists_lacked(struct record *r, const struct list_now *list, int64_t offer, bool *lacked,
                 struct error *err);

/* Write that those are gone which lists before had, once all that this one has were written. */
int lists_end(struct record *r, const struct list_now *list, struct error *err);

#endif
