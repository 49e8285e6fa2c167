/* error_body.h - what the body of an error says. */
#ifndef REST_ERROR_BODY_H
#define REST_ERROR_BODY_H

#include "http/fetch.h"

/* One line of plain text; "" where the body says nothing of use.  Understands the objects of the
 * three APIs, nested details, a JSON string with an object in it, and plain text. */
void json_error_message(const char *body, char *out, size_t out_size);

/* The request id in the body (Graph's innerError), or "". */
void json_error_request_id(const char *body, char *out, size_t out_size);

/* Both, for struct fetcher's describe. */
void json_error_describe(const char *body, struct fetch_refusal *out);

#endif
