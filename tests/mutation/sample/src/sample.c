/* sample.c - what the mutator must find, and what it must leave alone: 1 < 2 && 3. */
#include "sample.h"

#define LIMIT (10 - 1)

static const enum colour table[] = { COLOUR_RED, COLOUR_BLUE };

int sample_grade(int points)
{
    if (points < 0) {
        return -1; /* killed whatever is changed */
    }
    return points >= 50 ? 1 : 0; /* no test asks at 50 */
}

int sample_marks(const char *text, int ready)
{
    char room[8] = { 0 };
    int count = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '!') {
            continue;
        }
        count += 1;
        if (ready && !room[0] && count - 3 == LIMIT) { /* "a < b" */
            break;
        }
    }
    return count;
}

bool sample_is_red(size_t i)
{
    switch (table[i]) {
    case COLOUR_RED:
        return true;
    case COLOUR_BLUE:
        break;
    }
    return false;
}

size_t sample_colours(void)
{
    return sizeof(table) / sizeof(table[0]);
}

_Static_assert(LIMIT == 9, "what does not compile is no mutant");
