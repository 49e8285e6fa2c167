/* refuse.c - errors for unknown words, with "did you mean". */
#include "refuse.h"

#include "offerstat/strbuf.h"
#include "offerstat/typo.h"

static void append_list(const char *const *known, size_t count, struct error *err)
{
    struct strbuf all = STRBUF_INIT(4096);

    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&all, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    error_append(err, "; there are %s", strbuf_text(&all));
    strbuf_clear(&all);
}

int refuse_word(const char *what, const char *word, const char *const *known, size_t count,
                enum refuse_end end, struct error *err)
{
    const char *near = word_nearest(word, known, count);

    error_set_words(err, ERR_USAGE, what);
    error_append(err, " \"%s\"", word);
    if (near != NULL) {
        error_append(err, "; did you mean \"%s\"?", near);
        return -1;
    }
    switch (end) {
    case REFUSE_AND_LIST:
        append_list(known, count, err);
        break;
    case REFUSE_AND_NAME_HELP:
        error_append(err, "; see `offerstat help`");
        break;
    case REFUSE_ALONE:
        break;
    }
    return -1;
}
