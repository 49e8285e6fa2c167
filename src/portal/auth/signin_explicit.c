/* signin_explicit.c - a token that the user has fetched: OFFERSTAT_TOKEN, a file, standard input.
 */
#include "auth/source.h"
#include "offerstat/token.h"

#include <stdlib.h>
#include <string.h>

static enum source_state explicit_look(const struct signin *s, struct error *err)
{
    if (s->options.token == NULL && s->options.token_file == NULL) {
        error_set(err, ERR_AUTH, "OFFERSTAT_TOKEN is not set");
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

static int copy_token(const char *text, struct token *out, struct error *err)
{
    out->text = strdup(text);
    return out->text != NULL ? 0 : error_memory(err);
}

/* Never SOURCE_SKIPPED: a user who gives a token does not expect another source to be used.
 * expires_ms stays 0: the service decides when the token ends, and the claim is not checked here.
 */
static int explicit_get_token(struct signin *s, struct token *out, struct error *err)
{
    bool again = s->method == &signin_explicit;

    if (s->options.token != NULL) {
        if (token_check(s->options.token, "OFFERSTAT_TOKEN", err) != 0) {
            return SOURCE_REFUSED;
        }
        return copy_token(s->options.token, out, err);
    }
    if (again && strcmp(s->options.token_file, "-") == 0) {
        return copy_token(s->token.text, out, err); /* standard input can be read once only */
    }
    return token_read_file(s->options.token_file, &out->text, err);
}

const struct signin_method signin_explicit = {
    .name = "token", .look = explicit_look, .get = explicit_get_token, .renews = true
};
