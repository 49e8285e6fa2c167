/* emulator.h - a local portal: a scenario, its routes, faults, and HTTP around them.
 *
 * main.c            command line, the wrapper around a command
 * scenario.c        the document that says what the portal holds
 * clock.c           time that moves its offers
 * catalog.c         which offers an API shows, and what it calls them
 * story.c           what has happened to an offer, told without the words of any API
 * cpp.c             the routes of the Cloud Partner Portal: the offer in its own words
 * ingestion.c       the routes of the ingestion API; ingestion_body.c its documents, filter.c
 *                   its filters
 * graph.c           the routes of the product ingestion API
 * signin.c          the token endpoints
 * canned.c          answers that the scenario has word by word
 * fault.c           answers gone wrong by name
 * reply.c, page.c   what answers are made of, and lists in pages
 * httpd.c           libmicrohttpd
 *
 * No wire code of offerstat is used here: one wrong idea of the wire must not confirm itself. */
#ifndef EMULATOR_H
#define EMULATOR_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define BODY_MAX ((size_t)1024 * 1024 * 1024)
#define SEGMENTS 8
#define LINK_MAX 2048
#define GUID_MAX 40
#define TIME_MAX 48

/* Whose words an answer is in; the first three in the order of signin.c's audiences. */
enum api { API_CPP, API_INGESTION, API_GRAPH, API_NONE };

/* How the bytes of an answer end. */
enum ending {
    END_WHOLE,
    END_CUT,   /* the connection closes in the middle of the body */
    END_STALL, /* nothing more comes, the connection stays */
    END_RESET  /* the connection closes without any answer */
};

/* Where the rest of a list is, for the faults that lead astray: "" where the answer is no page. */
struct page_links {
    const char *member; /* that names the next page */
    char same[LINK_MAX], further[LINK_MAX];
};

struct reply {
    enum api api;
    unsigned status;
    const char *content_type, *retry_after, *location; /* static or of the scenario; NULL: none */
    const cJSON *headers;                              /* further ones, name to text; NULL: none */
    struct strbuf body;                                /* owned */
    enum ending ending;
    struct page_links page;
};

struct request {
    const char *method, *path;               /* decoded */
    const char *parts[SEGMENTS + 1];         /* of the path */
    size_t count;                            /* of parts; 0 when there are too many */
    const cJSON *query;                      /* name to text, decoded */
    const char *authorization, *host, *body; /* body: of a POST, "" without one */
    const char *seller;                      /* x-ms-publisherId; NULL: missing */
};

/* reply.c: parts of the query; names in any case.  NULL where missing. */
const char *request_query(const struct request *request, const char *name);
/* The token, NULL without one. */
const char *request_bearer(const struct request *request);

/* Replace the reply by JSON text (owned by the reply from now on; NULL: out of memory, 500). */
void reply_json(struct reply *reply, unsigned status, char *text);
/* The same for a document, which is freed. */
void reply_item(struct reply *reply, unsigned status, cJSON *item);
/* The error document of the Cloud Partner Portal, and the one of the reply's own API. */
void reply_error(struct reply *reply, unsigned status, const char *code, const char *message);
void reply_fault(struct reply *reply, unsigned status, const char *code, const char *message);

const char *text_of(const cJSON *object, const char *member); /* NULL where there is none */
bool text_is(const cJSON *object, const char *member, const char *wanted); /* in any case */
void add_text(cJSON *to, const char *name, const cJSON *from, const char *member);
/* An object is laid over the item, anything else but NULL takes its place. */
cJSON *overlay(cJSON *item, const cJSON *over);
/* FNV-1a, for all that must look arbitrary and be the same each time. */
uint64_t hash_text(const char *text);
uint64_t hash_more(uint64_t hash, const char *text);
/* "2026-11-22T10:00:00.5000000", with so many digits and what the zone is called. */
void write_time(int64_t unix_ms, int digits, const char *zone, char out[TIME_MAX]);

/* page.c: tokens that name a page, base64 of a number in hexadecimal between two texts. */
void page_token(const char *before, unsigned long number, const char *after, char *out,
                size_t room);
/* The number in a token, false where it is none of ours. */
bool page_number(const char *token, const char *before, unsigned long *number);

/* scenario.c: the document, checked member by member against what docs/emulator.md says. */
cJSON *scenario_parse(const char *text, size_t len, struct error *err);
cJSON *scenario_load(const char *file, struct error *err);
cJSON *scenario_demo(struct error *err);

/* signin.c: what the token endpoints know. */
struct emulated_signin {
    const char *token;       /* the one that is always good */
    const char *certificate; /* PEM that assertions must be signed with, or NULL */
    int64_t lifetime_ms;     /* of every token that is issued */
    unsigned issued;
    size_t device_steps; /* how far the person with the code is */
    int device_audience; /* what the code was asked for; -1: for nothing known */
};
/* Answer a request of the token endpoints, or false: it is for somebody else. */
bool signin_answer(struct emulated_signin *s, const struct request *request, struct reply *reply,
                   const char **route);
bool signin_accepts(const struct emulated_signin *s, const char *bearer, enum api api);
/* Tenant and client in place of the ready token, and the secret where it is asked for. */
void signin_set_environment(bool with_secret);

/* clock.c: the scenario after so much of the portal's time, to be freed; offers that do not move
 * are shared with the scenario given. */
cJSON *scenario_at(cJSON *scenario, int64_t start_ms, int64_t elapsed_ms);

/* catalog.c: the offers that an API shows.  Start with all zero but the API. */
struct product {
    enum api api;
    const cJSON *publisher, *offer;
    int copy; /* of an offer that is there several times, from 1 */
    char id[256], guid[GUID_MAX];
};
bool product_next(struct product *p, const cJSON *scenario);
bool product_find(struct product *p, const cJSON *scenario, const char *guid);
/* All of them in the order of their GUIDs, as the services know no better one; to be freed. */
struct product *products_of(const cJSON *scenario, enum api api, size_t *count);
bool offer_is_in(const cJSON *offer, enum api api);
/* What the API calls the offer's type; NULL: it does not know such offers at all. */
const char *product_type(const struct product *p);

/* story.c */
enum phase {
    PHASE_NONE,          /* nothing beside what is live */
    PHASE_CHECKING,      /* the first step, before anything is submitted */
    PHASE_STOPPED,       /* the first step has ended it */
    PHASE_SUBMITTED,     /* on the way to the preview */
    PHASE_FAILED,        /* there */
    PHASE_NOT_CERTIFIED, /* anywhere: people or machines of Microsoft have refused it */
    PHASE_READY,         /* the preview waits for the publisher's sign-off */
    PHASE_GOING_LIVE,
    PHASE_NOT_LIVE, /* failed after the sign-off */
    PHASE_CANCELED
};
struct story {
    bool live, delisted; /* something is in production; or was, and has been taken down */
    enum phase phase;    /* of the submission after that */
    bool signed_off;
    char live_id[24], id[24]; /* of the two submissions */
    unsigned long live_release, release;
    int64_t live_ms, begun_ms; /* went live; was submitted */
};
struct story story_of(const struct product *p);
/* How far a step of the offer is, in the words of no API. */
enum progress { STEP_WAITING, STEP_WORKING, STEP_SIGN_OFF, STEP_DONE, STEP_REJECTED };
enum progress step_progress(const cJSON *step);
bool step_is_sign_off(const cJSON *step);
bool step_is_rejected(const cJSON *step);

/* Answer a request.  *route is set to the route's name ("list"), for faults. */
void cpp_answer(const cJSON *scenario, const struct request *request,
                const struct emulated_signin *signin, struct reply *reply, const char **route);
void ingestion_answer(const cJSON *scenario, const struct request *request,
                      const struct emulated_signin *signin, struct reply *reply,
                      const char **route);
void graph_answer(const cJSON *scenario, const struct request *request,
                  const struct emulated_signin *signin, struct reply *reply, const char **route);

/* filter.c: "resourceType eq 'X'" and what finds an offer by its id, or both. */
struct filter {
    bool has_type, has_offer;
    char type[128], offer[256];
};
bool filter_parse(const char *text, struct filter *out); /* false: another filter */
bool filter_matches(const struct filter *filter, const char *type, const char *offer);

/* ingestion_body.c: the documents, to be freed. */
cJSON *ingestion_product(const struct product *p);
cJSON *ingestion_submissions(const struct product *p);
cJSON *ingestion_workflow(const struct product *p, const char *submission);
cJSON *ingestion_validations(const struct product *p, const char *submission);

/* fault.c */
struct fault {
    const char *text; /* as given */
    char route[24];   /* or the name of an API; "": any */
    const struct fault_kind *kind;
    long left; /* -1: always */
};
/* "[ROUTE-]KIND[:COUNT]".  -1 with *err. */
int fault_parse(const char *text, struct fault *out, struct error *err);
/* Spoil the reply where the fault is meant for this route; false where it is not. */
bool fault_apply(struct fault *fault, const char *route, struct reply *reply);
void fault_print_kinds(FILE *out);

/* canned.c: one of the scenario's own answers, where there is one for this path and query that is
 * not used up; answered: how often each was given. */
bool canned_answer(const cJSON *scenario, long *answered, const char *path, const char *query,
                   struct reply *reply);

/* httpd.c */
struct httpd_options {
    cJSON *scenario;
    struct emulated_signin signin;
    int64_t latency_ms;
    long speed;    /* seconds of the portal in a real one; 0: its time stands still */
    uint16_t port; /* 0: any free one */
    struct fault *faults;
    size_t fault_count;
    FILE *log; /* "GET /path?query 200 active=3" a line, or NULL */
};
struct httpd;
int httpd_start(const struct httpd_options *options, struct httpd **out, struct error *err);
uint16_t httpd_port(const struct httpd *h);
void httpd_stop(struct httpd *h); /* NULL is fine */

#endif
