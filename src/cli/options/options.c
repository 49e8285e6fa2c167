/* options.c - finding an option, and its words. */
#include "options.h"

#include <string.h>

const char *option_word(const struct option_row *row, size_t i)
{
    if (row->word_at != NULL) {
        return row->word_at(i);
    }
    for (size_t at = 0; row->words != NULL && row->words[at] != NULL; at++) {
        if (at == i) {
            return row->words[at];
        }
    }
    return NULL;
}

const struct option_row *option_find(const char *name)
{
    for (size_t i = 0; i < option_row_count; i++) {
        if (strcmp(option_rows[i].name, name) == 0) {
            return &option_rows[i];
        }
    }
    return NULL;
}
