/* clock.h - real time, and how the services write it. */
#ifndef EMULATOR_CLOCK_H
#define EMULATOR_CLOCK_H

#include <stdint.h>

#define CLOCK_TEXT_MAX 48

/* Milliseconds since 1970. */
int64_t clock_wall_ms(void);

/* Microseconds of a clock that is never set; only differences are meaningful. */
int64_t clock_monotonic_us(void);

/* "2026-11-22T10:00:00.5000000Z" with 3 to 7 digits of the second.  The zone is appended unchanged:
 * the services write "Z" or, although they mean UTC, nothing. */
void clock_write(int64_t unix_ms, int digits, const char *zone, char out[CLOCK_TEXT_MAX]);

#endif
