/* offer.h - an offer, whichever API it comes from: its state, its steps, their messages. */
#ifndef OFFERSTAT_OFFER_H
#define OFFERSTAT_OFFER_H

#include "offerstat/arena.h"
#include "offerstat/state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Everywhere below: text is UTF-8 without NUL, NULL where the service said nothing; arrays may be
 * NULL when their count is 0; all of it belongs to the arena of whoever made the record. */

struct link {
    const char *text; /* never NULL; the address itself where the link had no words */
    const char *href; /* http or https */
};

struct message {
    enum message_level level;
    const char *text; /* plain text, lines separated by '\n' */
    const char *at;   /* RFC 3339 UTC */
    const struct link *links;
    size_t link_count;
};

struct step {
    const char *id, *name, *description;
    enum step_status status;
    const char *raw_status;
    int progress; /* 0 to 100, -1 where unknown */
    const char *estimated;
    const char *started_at, *completed_at; /* RFC 3339 UTC */
    const struct message *messages;
    size_t message_count;
};

/* Something a reader should know about how a record came to be. */
struct note {
    bool warning;                  /* also printed to stderr */
    const char *text, *local_text; /* for machines; for people, NULL where it is the same */
};

/* A note for people. */
const char *note_text(const struct note *note);

/* One API's word on an offer, where more than one was asked. */
struct source {
    const char *api; /* static: "graph" */
    enum offer_state state;
    enum offer_live live;
    enum offer_basis basis;
    const char *rule, *raw_status;
};

/* Something that was done to publish an offer, as `history` shows it. */
struct event {
    const char *offer; /* its id, where events of several stand together; else NULL */
    const char *api;   /* static */
    const char *kind;  /* static: "submission", "operation", "job" */
    const char *id, *type, *state, *target; /* raw words of the service */
    const char *serial; /* a number that grows from one to the next; of an operation, that of its
                         * submission; NULL: none */
    const char *started_at, *changed_at; /* RFC 3339 UTC */
    const struct message *messages;
    size_t message_count;
};

/* What is expected to end, from how long the same took before. */
struct estimate {
    size_t count;                       /* durations that it rests on; 0: there is none */
    int64_t median_ms, low_ms, high_ms; /* how long it takes; 8 of 10 take from low to high */
    int64_t ends_ms;                    /* Unix time, by the median; 0: not known when it began */
    bool late;                          /* it already takes longer than high_ms */
};

/* How a publish that is under way gets on; see outlook.h.  All zero: nothing is known. */
struct outlook {
    int64_t since_ms; /* Unix time at which the present step began; 0: not known */
    int64_t age_ms;   /* how long ago that was when the offer was read */
    bool is_recorded; /* known from reads, and not by the service's own time */
    bool is_at_least; /* then: the first read found it there already */
    struct estimate step, publish;
};

struct offer {
    const char *api; /* static: which API it comes from; NULL where several have it */
    const char *id, *name, *type, *publisher;
    const char *raw_status, *version, *changed_at, *product_id;
    /* The submission that decided: its number, which grows from one to the next and is the same in
     * all APIs that have it, and when it is known to have been made; NULL: not known. */
    const char *submission, *submitted_at;
    const char *rule; /* "cpp-5"; NULL where no rule covers what the service said */
    enum offer_state state;
    enum offer_live live;
    enum offer_action action;
    enum offer_basis basis;
    bool steps_known; /* false: not asked for, steps are null in JSON */
    const struct step *steps;
    size_t step_count;
    const struct message *messages; /* of the offer as a whole */
    size_t message_count;
    const struct note *notes;
    size_t note_count;
    const struct source *sources; /* several APIs were asked: the best witness first */
    size_t source_count;
    const struct event *events; /* newest first; DEPTH_HISTORY alone */
    size_t event_count;
    struct outlook outlook;
};

/* How much is asked of an offer. */
enum read_depth {
    DEPTH_LIST,   /* the list alone: states that need more are provisional */
    DEPTH_STATE,  /* what state and presence need */
    DEPTH_STEPS,  /* and the steps in any case */
    DEPTH_HISTORY /* what was submitted, in place of the state */
};

/* Deep copy of *from into memory of the arena.  0, or -1 without memory. */
int offer_copy(struct arena *a, const struct offer *from, struct offer *to);

/* Deep copy of one event, likewise. */
int event_copy(struct arena *a, const struct event *from, struct event *to);

/* Order the events of one API: newest submission first, each before its operations. */
void events_order(struct event *events, size_t count);

/* One API's record of an offer, and how far that API is believed. */
struct testimony {
    const struct offer *offer;
    unsigned rank;            /* 1 is the best witness */
    bool cannot_see_delisted; /* its records of delisted offers look as if they were at rest */
};

/* What several APIs say of one offer, as one record (its arrays in the arena, its texts those of
 * the records).  Who knows of the newer submission decides the state; where that is not known, or
 * all know of the same, the graver state does.  The best witness decides `live` and the other
 * members; steps, messages and the time of change come from those that say the same as was decided.
 * A contradiction is a note, of a failure a warning.  0, or -1 without memory. */
int offer_merge(struct arena *a, const struct testimony *said, size_t count, struct offer *out);

/* What a witness was asked whether o was delisted: it may turn "nothing under way" into delisted,
 * and decide `live`, and nothing else.  What it contradicts is a note, of a failure a warning; its
 * own notes are taken over.  0, or -1 without memory (o is as it was). */
int offer_apply_witness(struct arena *a, struct offer *o, const struct offer *witness);

/* The step that says where the offer stands, or NULL: the first rejected, else blocked, else
 * waiting for sign-off, for approval, in progress, canceled. */
const struct step *offer_current_step(const struct offer *o);

/* Whether anything is known of how its publish gets on. */
bool offer_has_outlook(const struct offer *o);

/* Whether some step is blocked. */
bool offer_is_blocked(const struct offer *o);

/* Whether messages of this step keep the offer from being published. */
bool step_blocks(const struct step *s);

/* The first message that says why a step of the offer blocks: one of its own, else of a failed
 * offer.  NULL where it does not block or nothing says why. */
const char *offer_blocking_text(const struct offer *o, const struct step *s);

/* "https://partner.microsoft.com/dashboard/...", or NULL where the product's GUID is not known.
 * Written to out, which must hold OFFER_URL_MAX bytes. */
#define OFFER_URL_MAX 256
const char *offer_url(const struct offer *o, char out[OFFER_URL_MAX]);

/* Published, or being published: what the portal shows on its Approvals page.  When in doubt (state
 * or presence unknown) the offer is shown. */
bool offer_needs_approval_view(const struct offer *o);

/* A short name for people ("Virtual machine") of a raw type, or the raw type itself. */
const char *offer_type_title(const char *raw_type);

/* Whether wanted (raw type, short word such as "vm", or title) names this raw type. */
bool offer_type_matches(const char *raw_type, const char *wanted);

/* The short words that offer_type_matches knows, for "did you mean".  Returns how many. */
size_t offer_type_words(const char *const **words);

/* Offers in the order in which they were added, in little memory: 100,000 of a list take 14 MiB.
 * The list owns all their text. */
#define OFFER_LIST_WORDS 64
struct offer_list {
    struct arena arena;
    struct offer_record **items; /* see offer_list.c */
    size_t count, cap;
    const char *words[OFFER_LIST_WORDS]; /* types, statuses and publishers, kept once */
    size_t word_count;
};

#define OFFER_LIST_INIT                                                                            \
    {                                                                                              \
        .arena = ARENA_INIT                                                                        \
    }

/* Add a deep copy.  0, or -1 without memory (the list keeps what it had). */
int offer_list_add(struct offer_list *list, const struct offer *o);

/* The offer at i < count, which may be put together in *scratch: valid as long as both are. */
const struct offer *offer_list_at(const struct offer_list *list, size_t i, struct offer *scratch);
void offer_list_clear(struct offer_list *list);

/* Order two offers by a field (a JSON key of a tabular column: "id", "state", "changedAt", ...).
 * NULL where no such field can be sorted by; texts without a value come after the others. */
typedef int (*offer_compare)(const struct offer *a, const struct offer *b);
offer_compare offer_compare_by(const char *field);

/* Sort, keeping the order of equals; descending turns every comparison round. */
int offer_list_sort(struct offer_list *list, offer_compare by, bool descending);

#endif
