/* signin_explicit.c - a token that the user has fetched: OFFERSTAT_TOKEN, a file, standard input.
 */
#include "auth/source.h"
#include "offerstat/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum source_state explicit_look(const struct signin *s, struct error *err)
{
    if (s->options.token == NULL && s->options.token_file == NULL) {
        error_set(err, ERR_AUTH, "OFFERSTAT_TOKEN is not set");
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

/* A pipe, a terminal or standard input can be read only once. */
static bool can_be_read_again(const char *path)
{
    struct stat about;

    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* Never SOURCE_SKIPPED: a user who gives a token does not expect another source to be used.
 * expires_ms stays 0: the service decides when the token ends, and the claim is not checked here.
 */
static int explicit_get_token(struct signin *s, struct token *out, struct error *err)
{
    bool again = s->method == &signin_explicit;

    if (s->options.token != NULL) {
        return token_copy(s->options.token, "OFFERSTAT_TOKEN", &out->text, err);
    }
    if (s->options.piped_token != NULL) {
        return token_copy(s->options.piped_token, s->options.token_file, &out->text, err);
    }
    if (again && !can_be_read_again(s->options.token_file)) {
        return token_copy(s->token.text, s->options.token_file, &out->text, err);
    }
    if (token_read_file(s->options.token_file, &out->text, err) != 0) {
        if (again && err->code == ERR_USAGE) {
            err->code = ERR_AUTH; /* requests were sent, so it is no usage error */
        }
        return -1;
    }
    return 0;
}

static void explicit_origin(const struct signin *s, char *out, size_t size)
{
    const char *file = s->options.token_file;

    if (s->options.token != NULL) {
        file = "OFFERSTAT_TOKEN";
    } else if (strcmp(file, "-") == 0) {
        file = "standard input";
    }
    snprintf(out, size, "%s", file);
}

const struct signin_method signin_explicit = { .name = "token",
                                               .look = explicit_look,
                                               .get = explicit_get_token,
                                               .origin = explicit_origin,
                                               .renews = true };
