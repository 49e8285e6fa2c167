/* refuse.c - a word that is none of those known, and the one that was probably meant. */
#include "refuse.h"

#include "offerstat/strbuf.h"
#include "offerstat/typo.h"

int refuse_word(const char *what, const char *word, const char *const *known, size_t count,
                const char *otherwise, struct error *err)
{
    const char *near = word_nearest(word, known, count);
    struct strbuf all = STRBUF_INIT(4096);

    if (near != NULL) {
        return error_set(err, ERR_USAGE, "%s \"%s\"; did you mean \"%s\"?", what, word, near);
    }
    if (otherwise != NULL) {
        return error_set(err, ERR_USAGE, "%s \"%s\"%s%s", what, word,
                         *otherwise != '\0' ? "; " : "", otherwise);
    }
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&all, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    error_set(err, ERR_USAGE, "%s \"%s\"; there are %s", what, word, strbuf_text(&all));
    strbuf_clear(&all);
    return -1;
}
