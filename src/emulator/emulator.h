/* emulator.h - a local portal: a scenario, its routes, faults, and HTTP around them.
 *
 * main.c      command line, the wrapper around a command
 * scenario.c  the document that says what the portal holds
 * cpp.c       the routes of the Cloud Partner Portal
 * signin.c    the token endpoints
 * fault.c     answers gone wrong by name
 * httpd.c     libmicrohttpd
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

/* How the bytes of an answer end. */
enum ending {
    END_WHOLE,
    END_CUT,   /* the connection closes in the middle of the body */
    END_STALL, /* nothing more comes, the connection stays */
    END_RESET  /* the connection closes without any answer */
};

struct reply {
    unsigned status;
    const char *content_type, *retry_after, *location; /* static or of the scenario; NULL: none */
    const cJSON *headers;                              /* further ones, name to text; NULL: none */
    struct strbuf body;                                /* owned */
    enum ending ending;
};

struct request {
    const char *method, *path;               /* decoded */
    const char *api_version, *audience;      /* of the query; NULL where missing */
    const char *authorization, *host, *body; /* body: of a POST, "" without one */
};

/* Replace the reply by JSON text (owned by the reply from now on; NULL: out of memory, 500). */
void reply_json(struct reply *reply, unsigned status, char *text);
void reply_error(struct reply *reply, unsigned status, const char *code, const char *message);

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
};
/* Answer a request of the token endpoints, or false: it is for somebody else. */
bool signin_answer(struct emulated_signin *s, const struct request *request, struct reply *reply,
                   const char **route);
bool signin_accepts(const struct emulated_signin *s, const char *bearer);
/* Tenant and client in place of the ready token. */
void signin_set_environment(void);

/* cpp.c: answer a request.  *route is set to the route's name ("list"), for faults. */
void cpp_answer(const cJSON *scenario, const struct request *request,
                const struct emulated_signin *signin, struct reply *reply, const char **route);

/* fault.c */
struct fault {
    const char *text; /* as given */
    char route[16];   /* "": any */
    const struct fault_kind *kind;
    long left; /* -1: always */
};
/* "[ROUTE-]KIND[:COUNT]".  -1 with *err. */
int fault_parse(const char *text, struct fault *out, struct error *err);
/* Spoil the reply where the fault is meant for this route; false where it is not. */
bool fault_apply(struct fault *fault, const char *route, struct reply *reply);
void fault_print_kinds(FILE *out);

/* httpd.c */
struct httpd_options {
    const cJSON *scenario;
    struct emulated_signin signin;
    int64_t latency_ms;
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
