/* session_transports.h - the transports of a session, and what a user sees of their work. */
#ifndef CLI_SESSION_TRANSPORTS_H
#define CLI_SESSION_TRANSPORTS_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct retry_wait;
struct settings;
struct transport;

struct session_transports {
    const struct settings *settings; /* borrowed */
    struct transport *reader;        /* of lists and offers */
    struct transport *signin;        /* NULL: the token was given, nothing has to be asked */
    unsigned requests;               /* so far, each try by itself */
    int64_t began_ms;
    struct strbuf warned; /* the warnings of all sign-ins so far, a line each */
};

/* Open the reader's, and without a ready token the sign-ins'.  0, or -1 with *err; close either
 * way.
 */
int session_transports_open(struct session_transports *t, const struct settings *s, bool has_token,
                            struct error *err);

/* A sign-in asks while the reader's own requests are under way, and so by a transport of its own.
 */
int session_transports_open_signin(struct session_transports *t, struct error *err);

/* Also one of zeroes, which was never opened. */
void session_transports_close(struct session_transports *t);

/* For sign-ins and portals; user is the struct session_transports. */
void session_on_tick(void *user);
void session_on_trace(void *user, const char *line); /* a try has ended */
void session_on_wait(void *user, const struct retry_wait *wait);
void session_on_warning(void *user, const char *text); /* said once, though each API signs in */

#endif
