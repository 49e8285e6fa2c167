/* proxy.h - the proxy of the environment, looked at before libcurl does, whose messages quote it
 * with its password. */
#ifndef OFFERSTAT_PROXY_H
#define OFFERSTAT_PROXY_H

#include "offerstat/error.h"

/* The variable that names the proxy of https requests, NULL where none does.  These are libcurl's
 * rules: the first that is not empty. */
const char *proxy_variable(void);

/* Whether its value is an address of a proxy, such as http://user:password@host:port; without a
 * variable all is well.  A password is hidden from all output from then on.  0, or -1 with *err:
 * ERR_USAGE that names the variable and never its value, or ERR_MEMORY. */
int proxy_check(struct error *err);

#endif
