/* timestamp.h - the services' time stamps and people's durations. */
#ifndef OFFERSTAT_TIMESTAMP_H
#define OFFERSTAT_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TIMESTAMP_MAX 48

/* What a time stamp of the service turned out to be. */
enum timestamp_kind {
    TIMESTAMP_BAD,   /* not a time */
    TIMESTAMP_NEVER, /* years 1 and 1601 mean "none" in some answers */
    TIMESTAMP_OK
};

/* Read ISO 8601 with 0 to 9 (or more) fraction digits, 'T' or blank, with Z, an offset or no zone
 * at all (then UTC: the CPP list sends it so).  On OK *unix_ms is milliseconds since 1970 and
 * out RFC 3339 in UTC with the fraction digits (at most 12) exactly as they came. */
enum timestamp_kind timestamp_read(const char *text, int64_t *unix_ms, char out[TIMESTAMP_MAX]);

/* Order two texts that timestamp_read wrote, like strcmp: negative when a is the earlier. */
int timestamp_compare(const char *a, const char *b);

/* RFC 3339 in UTC to the second: "2026-11-22T10:00:00Z". */
void timestamp_format(int64_t unix_ms, char out[TIMESTAMP_MAX]);

/* "just now", "5 minutes ago", "in 2 hours", "3 days ago", "2 months ago", "4 years ago". */
void timestamp_relative(int64_t unix_ms, int64_t now_ms, char out[TIMESTAMP_MAX]);

/* The same in a few letters: "now", "5m", "+2h" (in 2 hours), "3d", "2mo", "4y". */
void timestamp_age(int64_t unix_ms, int64_t now_ms, char out[TIMESTAMP_MAX]);

/* How long something takes, in one or two units: "12s", "5m 10s", "2h 5m", "3d 4h". */
void duration_format(int64_t ms, char out[TIMESTAMP_MAX]);

/* The date of an HTTP header, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 IMF-fixdate).  False where
 * text is no such date, or NULL; *unix_ms is left alone then. */
bool timestamp_read_http(const char *text, int64_t *unix_ms);

/* "250ms", "10s", "5m", "2h", "7d", "1h30m": a unit is required.  At most 10 years.  False where
 * text is no duration, or NULL; *out_ms is left alone then. */
bool duration_parse(const char *text, int64_t *out_ms);

#endif
