/* typo.c - the distance of two words, and the nearest of several. */
#include "offerstat/typo.h"

#include "offerstat/text.h"

#include <stdbool.h>
#include <string.h>

#define DISTANCE_MAX 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return text_lower(a) == text_lower(b);
}

/* The distance of optimal string alignment: row i, column j hold the edits from the first i
 * letters of a to the first j letters of b. */
size_t word_distance(const char *a, const char *b, size_t limit)
{
    size_t la = strlen(a), lb = strlen(b);
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    if (la > DISTANCE_MAX || lb > DISTANCE_MAX || la > lb + limit || lb > la + limit) {
        return limit + 1;
    }
    memset(rows, 0, sizeof(rows));
    for (size_t j = 0; j <= lb; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= la; i++) {
        size_t *spare = before;
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t replaced = last[j - 1];
            if (!same_letter(a[i - 1], b[j - 1])) {
                replaced++;
            }
            row[j] = least(replaced, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1])) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
        row = spare;
    }
    return least(last[lb], limit + 1);
}

size_t word_slip_limit(const char *text)
{
    size_t len = strlen(text);

    if (len <= 2) {
        return 0; /* in so short a word any edit gives a different word */
    }
    if (len <= 4) {
        return 1;
    }
    return len <= 9 ? 2 : 3;
}

/* The first candidate that begins with text, or NULL. */
static const char *begun_by(const char *text, const char *const *candidates, size_t count)
{
    size_t len = strlen(text);

    for (size_t i = 0; len >= 3 && i < count; i++) {
        if (strncmp(candidates[i], text, len) == 0) {
            return candidates[i];
        }
    }
    return NULL;
}

const char *word_nearest(const char *text, const char *const *candidates, size_t count)
{
    size_t best = word_slip_limit(text) + 1, nearest = count;

    for (size_t i = 0; i < count && best > 0; i++) {
        size_t distance = word_distance(text, candidates[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    if (nearest < count) {
        return candidates[nearest];
    }
    return begun_by(text, candidates, count);
}
