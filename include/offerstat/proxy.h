/* proxy.h - the proxy named in the environment, checked before libcurl sees it, whose messages
 * quote its password. */
#ifndef OFFERSTAT_PROXY_H
#define OFFERSTAT_PROXY_H

#include "offerstat/error.h"

/* The variable that names the proxy of https requests, or NULL: by libcurl's rules, the first that
 * is not empty. */
const char *proxy_variable(void);

/* Check that its value is the address of a proxy, such as http://user:password@host:port.  No
 * variable is no error.  A password is hidden from all output from then on.  0, or -1 with *err:
 * ERR_USAGE that names the variable and never its value, or ERR_MEMORY. */
int proxy_check(struct error *err);

#endif
