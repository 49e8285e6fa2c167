/* event.c - the order of what was done to publish an offer. */
#include "offerstat/offer.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <stdlib.h>
#include <string.h>

const char *event_time(const struct event *e)
{
    return e->started_at != NULL ? e->started_at : e->changed_at;
}

/* Later events first; those without a time last. */
static int by_time(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    return timestamp_compare(b, a);
}

/* Higher numbers first; events without one last. */
static int by_serial(const char *a, const char *b)
{
    bool a_is_number = digits_are(a), b_is_number = digits_are(b);

    if (a_is_number && b_is_number) {
        return digits_compare(b, a);
    }
    return b_is_number - a_is_number;
}

static int newest_first(const void *left, const void *right)
{
    const struct event *a = left, *b = right;
    int order = by_serial(a->serial, b->serial);

    if (order == 0) {
        order = (strcmp(b->kind, "submission") == 0) - (strcmp(a->kind, "submission") == 0);
    }
    if (order == 0) {
        order = by_time(event_time(a), event_time(b));
    }
    if (order == 0 && a->id != NULL && b->id != NULL) {
        order = strcmp(a->id, b->id);
    }
    return order;
}

void events_order(struct event *events, size_t count)
{
    if (count > 1) {
        qsort(events, count, sizeof(*events), newest_first);
    }
}
