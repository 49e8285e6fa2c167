/* har_url.h - an address as a recording shows it. */
#ifndef HAR_URL_H
#define HAR_URL_H

#include "offerstat/strbuf.h"

struct har_names;

/* Append an address without user, password and fragment.  Parameters of a query that the services
 * are known to have keep their value, others get a stand-in for it, which is the same wherever the
 * value is the same, since a page is known by its address. */
void har_url_put(struct har_names *names, const char *url, struct strbuf *out);

/* The publisher, the offer, the tenant and the host that it names are remembered. */
void har_url_learn(struct har_names *names, const char *url);

/* Replace what names someone: host, parts of the path, values of the query. */
void har_url_replace(struct har_names *names, struct strbuf *url);

/* Whether the path ends with this name: the answer is the list of it. */
int har_url_ends_with(const char *url, const char *name);

#endif
