/* filter.c - the two OData filters that clients of the ingestion API send. */
#include "filter.h"

#include <string.h>
#include <strings.h>

static void filter_skip_blanks(const char **at)
{
    *at += strspn(*at, " ");
}

/* Skip a word of the grammar, in any case; false if something else follows. */
static bool filter_take(const char **at, const char *word)
{
    size_t len = strlen(word);

    filter_skip_blanks(at);
    if (strncasecmp(*at, word, len) != 0) {
        return false;
    }
    *at += len;
    return true;
}

/* Read a text in quotes, in which '' stands for one quote. */
static bool filter_take_text(const char **at, char *out, size_t out_size)
{
    size_t len = 0;

    if (!filter_take(at, "'")) {
        return false;
    }
    for (; **at != '\0' && len + 1 < out_size; ++*at) {
        if (**at == '\'') {
            ++*at;
            if (**at != '\'') {
                out[len] = '\0';
                return true;
            }
        }
        out[len++] = **at;
    }
    return false;
}

/* externalIDs/Any(i:i/type eq 'AzureOfferId' and i/value eq 'x'), from after "Any(". */
static bool filter_take_any(const char **at, struct filter *out)
{
    char type[64];

    return filter_take(at, "i:i/type") && filter_take(at, "eq ") &&
           filter_take_text(at, type, sizeof(type)) && strcmp(type, "AzureOfferId") == 0 &&
           filter_take(at, "and ") && filter_take(at, "i/value") && filter_take(at, "eq ") &&
           filter_take_text(at, out->offer, sizeof(out->offer)) && filter_take(at, ")");
}

bool filter_parse(const char *text, struct filter *out)
{
    const char *at = text;

    *out = (struct filter){ 0 };
    do {
        if (filter_take(&at, "resourceType ")) {
            out->has_type = true;
            if (!filter_take(&at, "eq ") || !filter_take_text(&at, out->type, sizeof(out->type))) {
                return false;
            }
        } else if (filter_take(&at, "externalIDs/Any(")) {
            out->has_offer = true;
            if (!filter_take_any(&at, out)) {
                return false;
            }
        } else {
            return false;
        }
    } while (filter_take(&at, "and "));
    filter_skip_blanks(&at);
    return *at == '\0';
}

bool filter_matches(const struct filter *filter, const char *type, const char *offer)
{
    return (!filter->has_type || strcasecmp(filter->type, type) == 0) &&
           (!filter->has_offer || strcasecmp(filter->offer, offer) == 0);
}
