/* sample.h - a small library for the test of the mutation check. */
#include <stdbool.h>
#include <stddef.h>

enum colour { COLOUR_RED, COLOUR_BLUE };

int sample_grade(int points);
int sample_marks(const char *text, int ready);
bool sample_is_red(size_t i);
size_t sample_colours(void);
