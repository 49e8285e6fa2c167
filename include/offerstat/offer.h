/* offer.h - an offer, whichever API it comes from: its state, its steps, their messages. */
#ifndef OFFERSTAT_OFFER_H
#define OFFERSTAT_OFFER_H

#include "offerstat/arena.h"
#include "offerstat/state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Everywhere below: text is UTF-8 without NUL, NULL where the service said nothing; arrays may be
 * NULL when their count is 0; all of it is in the arena of the code that made the record. */

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

/* Something a reader should know about how a record was made. */
struct note {
    bool warning;                  /* also printed to stderr */
    const char *text, *local_text; /* for machines; for people, NULL where it is the same */
};

/* The note's text for people. */
const char *note_text(const struct note *note);

/* What one API says about an offer, when more than one was asked. */
struct source {
    const char *api; /* static: "graph" */
    enum offer_state state;
    enum offer_live live;
    enum offer_basis basis;
    const char *rule, *raw_status;
};

/* One thing that was done to publish an offer, as `history` shows it. */
struct event {
    const char *offer; /* its id, in a list of events of several offers; else NULL */
    const char *api;   /* static */
    const char *kind;  /* static: "submission", "operation", "job" */
    const char *id, *type, *state, *target; /* raw words of the service */
    const char *serial; /* a number that grows from one event to the next; an operation has that of
                           its submission; NULL: none */
    const char *started_at, *changed_at; /* RFC 3339 UTC */
    const struct message *messages;
    size_t message_count;
};

/* When something is expected to end, by how long the same took before. */
struct estimate {
    size_t count; /* recorded durations it is made from; 0: there is no estimate */
    int64_t median_ms, low_ms, high_ms; /* how long it takes; 8 of 10 take from low to high */
    int64_t ends_ms;                    /* Unix time, by the median; 0: not known when it began */
    bool late;                          /* it already takes longer than high_ms */
};

/* How far a publish that is under way has come; see outlook.h.  All zero: nothing is known. */
struct outlook {
    int64_t since_ms; /* Unix time at which the present step began; 0: not known */
    int64_t age_ms;   /* how long ago that was when the offer was read */
    bool is_recorded; /* since_ms comes from recorded reads, not from the service */
    bool is_at_least; /* then: the first read already found the offer in this step */
    struct estimate step, publish;
};

struct offer {
    const char *api; /* static: the API it comes from; NULL when several have it */
    const char *id, *name, *type, *publisher;
    const char *raw_status, *version, *changed_at, *product_id;
    /* The submission that decided the state: its number, which grows from one submission to the
     * next and is the same in all APIs that report it, and when it was submitted.  NULL: not
     * known. */
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
    const struct source *sources; /* when several APIs were asked: the most trusted first */
    size_t source_count;
    const struct event *events; /* newest first; DEPTH_HISTORY alone */
    size_t event_count;
    struct outlook outlook;
};

/* How much is read of an offer. */
enum read_depth {
    DEPTH_LIST,   /* the list alone: states that need more are provisional */
    DEPTH_STATE,  /* what state and presence need */
    DEPTH_STEPS,  /* and always the steps */
    DEPTH_HISTORY /* what was submitted, in place of the state */
};

/* Deep copy of *from into memory of the arena.  0, or -1 without memory. */
int offer_copy(struct arena *a, const struct offer *from, struct offer *to);

/* Deep copy of one event, likewise. */
int event_copy(struct arena *a, const struct event *from, struct event *to);

/* When it was: its start, else its last change; NULL where neither is known. */
const char *event_time(const struct event *e);

/* Order the events of one API: newest submission first, each before its operations. */
void events_order(struct event *events, size_t count);

/* One API's record of an offer, and how much that API is trusted. */
struct testimony {
    const struct offer *offer;
    unsigned rank;            /* 1 is the most trusted */
    bool cannot_see_delisted; /* in it a delisted offer looks like one with nothing under way */
};

/* Merge what several APIs say about one offer into one record (its arrays in the arena, its texts
 * those of the records).  The API that knows the newer submission decides the state; when that is
 * not known, or all know the same one, the graver state wins.  The most trusted API decides `live`
 * and the other members; steps, messages and the time of change come from records with the state
 * that was decided.  A contradiction becomes a note, and one about a failure a warning.  0, or -1
 * without memory. */
int offer_merge(struct arena *a, const struct testimony *said, size_t count, struct offer *out);

/* Apply what a witness, the API that was asked whether o was delisted, says: it may turn "nothing
 * under way" into delisted and decide `live`, nothing else.  A contradiction becomes a note, and
 * one about a failure a warning; the witness's own notes are added.  0, or -1 without memory (o is
 * unchanged). */
int offer_apply_witness(struct arena *a, struct offer *o, const struct offer *witness);

/* The step that says where the offer stands, or NULL: the first rejected, else blocked, else
 * waiting for sign-off, for approval, in progress, canceled. */
const struct step *offer_current_step(const struct offer *o);

/* Whether anything is known about how far its publish has come. */
bool offer_has_outlook(const struct offer *o);

/* Whether it is known how long its step takes, by the portal's own words or by the record. */
bool offer_has_estimate(const struct offer *o);

/* Whether some step is blocked. */
bool offer_is_blocked(const struct offer *o);

/* Whether messages of this step keep the offer from being published. */
bool step_blocks(const struct step *s);

/* The first message that says why a step of the offer blocks: one of the step, else, of a failed
 * offer, one of the offer.  NULL when the step does not block or nothing says why. */
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
 * The list owns all of their text. */
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

/* The offer at i < count.  It may be assembled in *scratch, so it is valid as long as both are. */
const struct offer *offer_list_at(const struct offer_list *list, size_t i, struct offer *scratch);
void offer_list_clear(struct offer_list *list);

/* The function that orders two offers by a field (a JSON key of a tabular column: "id", "state",
 * "changedAt", ...); offers without a value come last.  NULL when it is no field to sort by. */
typedef int (*offer_compare)(const struct offer *a, const struct offer *b);
offer_compare offer_compare_by(const char *field);

/* Sort stably; `descending` reverses every comparison. */
int offer_list_sort(struct offer_list *list, offer_compare by, bool descending);

#endif
