/* session_transports.h - the transports of a session, and what a user sees of their work. */
#ifndef SESSION_SESSION_TRANSPORTS_H
#define SESSION_SESSION_TRANSPORTS_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct retry_wait;
struct settings;
struct transport;

struct session_transports {
    const struct settings *settings; /* borrowed */
    struct transport *reader;        /* for lists and offers */
    struct transport *signin;        /* NULL: there is a ready token */
    unsigned requests;               /* requests so far, counting each try */
    int64_t began_ms;
    struct strbuf warned; /* the warnings of all sign-ins so far, one a line */
};

/* Open the reader's transport and, without a ready token, the one for sign-ins.  0, or -1 with
 * *err; close them in either case. */
int session_transports_open(struct session_transports *t, const struct settings *s, bool has_token,
                            struct error *err);

/* Open the transport for sign-ins.  They need one of their own, since they send requests while the
 * reader's are under way. */
int session_transports_open_signin(struct session_transports *t, struct error *err);

/* All zero, never opened, is fine. */
void session_transports_close(struct session_transports *t);

/* For sign-ins and portals; user is the struct session_transports. */
void session_on_tick(void *user);
void session_on_trace(void *user, const char *line); /* called when a try has ended */
void session_on_wait(void *user, const struct retry_wait *wait);
void session_on_warning(
    void *user, const char *text); /* prints each warning once, although each API signs in */

#endif
