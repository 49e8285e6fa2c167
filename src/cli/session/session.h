/* session.h - transports, sign-ins and portals, opened and closed together. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "offerstat/error.h"

#include <stddef.h>
#include <stdint.h>

struct portal;
struct session;
struct settings;
struct signin;

/* Called for each API that is left out because it has no sign-in, when a different one is open;
 * with NULL for what when none is open, because there is no sign-in at all.  May be NULL. */
typedef void (*session_left_out)(void *user, const struct error *what);

/* Sign in and open the APIs that are to be read.  -1 with *err and *out untouched. */
int session_open(const struct settings *s, struct session **out, session_left_out left_out,
                 void *user, struct error *err);

/* Open sign-ins without fetching a token and without portals, which can be opened later. */
int session_open_signin(const struct settings *s, struct session **out, struct error *err);
int session_open_portal(const struct settings *s, struct session *session, struct error *err);

/* Open the Graph API as a witness, which signs in when it is first asked.  Does nothing when the
 * Graph API is open already. */
int session_open_graph(const struct settings *s, struct session *session, struct error *err);

struct signin *session_signin(struct session *session); /* the first */
struct portal *session_portal(struct session *session); /* the first */

/* The set of the APIs that are open, see api_choice.h. */
unsigned session_apis(const struct session *session);

/* All open portals; returns how many, at most PORTAL_APIS. */
size_t session_portals(const struct session *session, struct portal *const **out);
/* Begin a new read, which has the time budget of a whole run. */
void session_begin_run(struct session *session);

/* The earliest time, by the transport's clock, at which the service wants to be asked again; 0: any
 * time. */
int64_t session_not_before_ms(const struct session *session);

struct portal *session_graph(const struct session *session); /* NULL: there is none */
void session_close(struct session *session);                 /* NULL is fine */

#endif
