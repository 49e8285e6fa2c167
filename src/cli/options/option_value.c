/* option_value.c - reading values into the settings: one function for each kind of option. */
#include "options.h"
#include "refuse.h"

#include "offerstat/render.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 64

static int add_text(struct texts *list, const char *text, struct error *err)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof(*items));

    if (items == NULL) {
        return error_memory(err);
    }
    items[list->count++] = text;
    list->items = items;
    return 0;
}

/* Add the parts of "a,b" to the list; the settings own their texts. */
static int split_commas(struct settings *s, const char *value, struct texts *to, struct error *err)
{
    for (const char *rest = value; rest != NULL;) {
        size_t len = strcspn(rest, ",");
        const char *part;
        if (len == 0) {
            return error_set(err, ERR_USAGE, "an empty word in \"%s\"", value);
        }
        part = arena_strndup(&s->texts, rest, len);
        if (part == NULL || add_text(to, part, err) != 0) {
            return error_memory(err);
        }
        rest = rest[len] == ',' ? rest + len + 1 : NULL;
    }
    return 0;
}

int option_refuse(const struct option_row *row, const char *value, struct error *err)
{
    const char *known[WORDS_MAX];
    size_t count = 0;

    while (count < WORDS_MAX && option_word(row, count) != NULL) {
        known[count] = option_word(row, count);
        count++;
    }
    return refuse_word(row->refusal, value, known, count, REFUSE_AND_LIST, err);
}

int option_place(const struct option_row *row, const char *word)
{
    if (row->word_find != NULL) {
        return row->word_find(word);
    }
    for (size_t i = 0; option_word(row, i) != NULL; i++) {
        if (strcmp(option_word(row, i), word) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The same, but -1 with *err when it is an unknown word. */
static int find_word(const struct option_row *row, const char *value, struct error *err)
{
    int place = option_place(row, value);

    if (place < 0) {
        option_refuse(row, value, err);
    }
    return place;
}

static int set_text(const struct option_row *row, const char **to, const char *value,
                    struct error *err)
{
    if (*value == '\0' && row->refusal != NULL) {
        return error_set_words(err, ERR_USAGE, row->refusal);
    }
    *to = value;
    return 0;
}

static int set_number(const struct option_row *row, unsigned *to, const char *value,
                      struct error *err)
{
    char *end = NULL;
    long number = strtol(value, &end, 10);

    if (end == value || *end != '\0' || number < row->low || number > row->high) {
        return error_set(err, ERR_USAGE, "expected a number from %ld to %ld, found \"%s\"",
                         row->low, row->high, value);
    }
    *to = (unsigned)number;
    return 0;
}

static int set_duration(int64_t *to, const char *value, struct error *err)
{
    if (!duration_parse(value, to) || *to == 0) {
        return error_set(err, ERR_USAGE,
                         "expected a time with its unit, such as 30s, 5m or 2h, found \"%s\"",
                         value);
    }
    return 0;
}

static int set_span(int64_t *to, const char *value, struct error *err)
{
    if (strcmp(value, "0") == 0) {
        *to = 0;
        return 0;
    }
    if (!duration_parse(value, to)) {
        return error_set(err, ERR_USAGE,
                         "expected 0, or a time with its unit, such as 30s, 5m or 2h, found \"%s\"",
                         value);
    }
    return 0;
}

static int set_word(const struct option_row *row, const char **to, const char *value,
                    struct error *err)
{
    int place = find_word(row, value, err);

    if (place < 0) {
        return -1;
    }
    *to = option_word(row, (size_t)place);
    return 0;
}

static int set_choice(const struct option_row *row, void *to, const char *value, struct error *err)
{
    int place = find_word(row, value, err);
    unsigned chosen;

    if (place < 0) {
        return -1;
    }
    chosen = (unsigned)(row->low + place);
    memcpy(to, &chosen, sizeof(chosen)); /* the member is an enum: PLACE has checked it */
    return 0;
}

static int add_words(const struct option_row *row, struct settings *s, unsigned *to,
                     const char *value, struct error *err)
{
    struct texts words = { 0 };
    int rc = split_commas(s, value, &words, err);

    for (size_t i = 0; rc == 0 && i < words.count; i++) {
        int place = find_word(row, words.items[i], err);
        if (place < 0) {
            rc = -1;
        } else {
            *to |= 1u << place;
        }
    }
    free(words.items);
    return rc;
}

static int set_format(const struct option_row *row, const struct render_format **to,
                      const char *value, struct error *err)
{
    const struct render_format *format = render_format_find(value);

    if (format == NULL) {
        return option_refuse(row, value, err);
    }
    *to = format;
    return 0;
}

static int set_by_kind(const struct option_row *row, struct settings *s, const char *value,
                       struct error *err)
{
    void *to = (char *)s + row->place;

    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)to = true;
        return 0;
    case OPTION_TEXT:
    case OPTION_FILE:
        return set_text(row, to, value, err);
    case OPTION_TEXTS:
        if (set_text(row, &value, value, err) != 0) {
            return -1;
        }
        return add_text(to, value, err);
    case OPTION_LIST:
        ((struct texts *)to)->count = 0;
        return split_commas(s, value, to, err);
    case OPTION_NUMBER:
        return set_number(row, to, value, err);
    case OPTION_DURATION:
        return set_duration(to, value, err);
    case OPTION_SPAN:
        return set_span(to, value, err);
    case OPTION_WORD:
        return set_word(row, to, value, err);
    case OPTION_CHOICE:
        return set_choice(row, to, value, err);
    case OPTION_WORDS:
        return add_words(row, s, to, value, err);
    case OPTION_FORMAT:
        return set_format(row, to, value, err);
    case OPTION_SPECIAL:
        return row->set(row, s, value, err);
    case OPTION_NOWHERE:
        return 0;
    }
    return 0;
}

int option_set(const struct option_row *row, struct settings *s, const char *value,
               struct error *err)
{
    if (set_by_kind(row, s, row->fixed != NULL ? row->fixed : value, err) != 0) {
        return -1;
    }
    return row->check != NULL ? row->check(s, value, err) : 0;
}

enum option_truth option_truth(const struct option_row *row, const char *value)
{
    static const char *const off[] = { "false", "no", "off", "0" };
    static const char *const on[] = { "true", "yes", "on", "1" };

    if (row->argument != NULL) {
        return OPTION_ON;
    }
    for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++) {
        if (text_equal_nocase(value, off[i])) {
            return OPTION_OFF;
        }
        if (text_equal_nocase(value, on[i])) {
            return OPTION_ON;
        }
    }
    return OPTION_NO_TRUTH;
}
