/* reply.h - one request and the answer to it, free of any HTTP library. */
#ifndef EMULATOR_REPLY_H
#define EMULATOR_REPLY_H

#include "api.h"
#include "offerstat/strbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#define REPLY_BODY_MAX ((size_t)1024 * 1024 * 1024)
#define PATH_PARTS_MAX 8
#define PAGE_LINK_MAX 2048

struct request {
    const char *method, *path;             /* the path is decoded */
    const char *parts[PATH_PARTS_MAX + 1]; /* of the path, between its slashes */
    size_t part_count;                     /* 0 also for a path of more than PATH_PARTS_MAX parts */
    const cJSON *query;                    /* name to text, decoded */
    const char *authorization, *host;      /* headers; NULL: not sent */
    const char *seller_id;                 /* header x-ms-publisherId; NULL: not sent */
    const char *identity_header,
        *metadata;    /* headers X-IDENTITY-HEADER, Metadata; NULL: not sent */
    const char *body; /* of a POST; "" without one */
};

/* A parameter of the query, its name in any case; NULL where it is missing. */
const char *request_query(const struct request *request, const char *name);

/* The bearer token; NULL without one. */
const char *request_bearer(const struct request *request);

/* How the bytes of an answer end. */
enum ending {
    END_WHOLE,  /* as HTTP has it */
    END_CUT,    /* the connection closes in the middle of the body */
    END_BROKEN, /* the same after all of the body that there is */
    END_STALL,  /* half of the body, then silence on an open connection */
    END_RESET   /* the connection closes without any answer */
};

/* Links from one page of a list.  They are set on the last page as well, because the faults
 * same-page and endless put one there. */
struct page_links {
    const char *member; /* the member that names the next page; NULL: the answer is no page */
    char same_page[PAGE_LINK_MAX], next_page[PAGE_LINK_MAX];
};

struct reply {
    enum api api;      /* decides the shape of errors and the headers with ids */
    const char *route; /* what faults call this answer: "list", "token"; "": only general faults */
    unsigned status;
    const char *content_type;           /* static */
    const char *retry_after, *location; /* static; NULL: no such header */
    char etag[80];                      /* "": no such header */
    char *own_location;                 /* what location points to; owned, or NULL */
    const cJSON *headers;               /* of the scenario, name to text; NULL: none */
    bool is_recorded;                   /* no header is added to those above */
    struct strbuf body;                 /* owned */
    const char *given_body;             /* the scenario's, which may be long; NULL: body */
    enum ending ending;
    struct page_links page;
};

/* Copy what the scenario gives into body, so that it can be changed. */
void reply_own_body(struct reply *reply);

/* Replace status and body by a JSON text from cJSON_Print..., which is freed.  NULL is what cJSON
 * gives when it is out of memory: the status becomes 500. */
void reply_json(struct reply *reply, unsigned status, char *text);

/* The same for a document, which is freed. */
void reply_item(struct reply *reply, unsigned status, cJSON *item);

/* Replace status and body by an error in the shape of reply->api. */
void reply_error(struct reply *reply, unsigned status, const char *code, const char *message);

#endif
