/* typo.c - what somebody meant who wrote something else. */
#include "offerstat/typo.h"

#include "offerstat/text.h"

#include <stdbool.h>
#include <string.h>

#define DISTANCE_MAX 64

size_t word_distance(const char *a, const char *b, size_t limit)
{
    size_t la = strlen(a), lb = strlen(b);
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    if (la > DISTANCE_MAX || lb > DISTANCE_MAX || (la > lb ? la - lb : lb - la) > limit) {
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
            bool same = text_lower(a[i - 1]) == text_lower(b[j - 1]);
            size_t best = last[j - 1] + (same ? 0 : 1);
            if (last[j] + 1 < best) {
                best = last[j] + 1;
            }
            if (row[j - 1] + 1 < best) {
                best = row[j - 1] + 1;
            }
            if (i > 1 && j > 1 && text_lower(a[i - 1]) == text_lower(b[j - 2]) &&
                text_lower(a[i - 2]) == text_lower(b[j - 1]) && before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            row[j] = best;
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[lb] <= limit ? last[lb] : limit + 1;
}

size_t word_slip_limit(const char *text)
{
    size_t len = strlen(text);

    return len <= 2 ? 0 : len <= 4 ? 1 : len <= 9 ? 2 : 3;
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
    /* a beginning is as telling as a slip */
    for (size_t i = 0; nearest == count && strlen(text) >= 3 && i < count; i++) {
        if (strncmp(candidates[i], text, strlen(text)) == 0) {
            return candidates[i];
        }
    }
    return nearest < count ? candidates[nearest] : NULL;
}
