/* signin_explicit.c - a token that somebody else fetched: OFFERSTAT_TOKEN, a file, standard input.
 */
#include "auth/source.h"
#include "offerstat/token.h"

#include <stdlib.h>
#include <string.h>

static enum source_state look(const struct signin *s, struct error *err)
{
    if (s->options.token == NULL && s->options.token_file == NULL) {
        error_set(err, ERR_AUTH, "OFFERSTAT_TOKEN is not set");
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

/* A token that is given and cannot be used ends the search: another source would be a surprise. */
static int get_token(struct signin *s, struct token *out, struct error *err)
{
    bool again = s->method == &signin_explicit;

    if (s->options.token != NULL) {
        if (token_check(s->options.token, "OFFERSTAT_TOKEN", err) != 0) {
            return -1;
        }
        out->text = strdup(s->options.token);
        if (out->text == NULL) {
            return error_memory(err);
        }
    } else if (again && strcmp(s->options.token_file, "-") == 0) {
        out->text = strdup(s->token.text); /* standard input was read to its end */
        if (out->text == NULL) {
            return error_memory(err);
        }
    } else if (token_read_file(s->options.token_file, &out->text, err) != 0) {
        return -1;
    }
    out->expires_ms = 0; /* the service knows better than a claim we cannot check */
    return 0;
}

const struct signin_method signin_explicit = {
    .name = "token", .look = look, .get = get_token, .renews = true
};
