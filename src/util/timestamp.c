/* timestamp.c - reading and writing times without the machine's time zone. */
#include "offerstat/timestamp.h"

#include "offerstat/translate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define FRACTION_MAX 12

/* Days since 1970-01-01 of a Gregorian date, and back (Howard Hinnant's "chrono-compatible
 * low-level date algorithms": years begin in March, so that the leap day comes last). */
static int64_t days_from_date(int64_t year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t mp = (5 * day_of_year + 2) / 153;

    *day = (int)(day_of_year - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `digits` digits, then `*p` moves past them. */
static bool read_number(const char **p, int digits, int *out)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        if (!is_digit((*p)[i])) {
            return false;
        }
        value = value * 10 + ((*p)[i] - '0');
    }
    *p += digits;
    *out = value;
    return true;
}

static bool read_char(const char **p, char c)
{
    if (**p != c) {
        return false;
    }
    (*p)++;
    return true;
}

/* "Z", "+02:00", "+0200" or nothing. */
static bool read_zone(const char **p, int *offset_minutes)
{
    int sign, hours, minutes;

    *offset_minutes = 0;
    if (**p == '\0') {
        return true;
    }
    if (**p == 'Z' || **p == 'z') {
        (*p)++;
        return true;
    }
    if (**p != '+' && **p != '-') {
        return false;
    }
    sign = **p == '-' ? -1 : 1;
    (*p)++;
    if (!read_number(p, 2, &hours)) {
        return false;
    }
    read_char(p, ':');
    if (!read_number(p, 2, &minutes) || hours > 14 || minutes > 59) {
        return false;
    }
    *offset_minutes = sign * (hours * 60 + minutes);
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

struct clock {
    int year, month, day, hour, minute, second;
};

/* Second 60 is a leap second. */
static bool clock_is_valid(const struct clock *c)
{
    return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= days_in_month(c->year, c->month) && c->hour <= 23 && c->minute <= 59 &&
           c->second <= 60;
}

static int64_t clock_ms(const struct clock *c)
{
    return days_from_date(c->year, c->month, c->day) * DAY_MS + c->hour * HOUR_MS +
           c->minute * MINUTE_MS + c->second * SECOND_MS;
}

enum timestamp_kind timestamp_read(const char *text, int64_t *unix_ms, char out[TIMESTAMP_MAX])
{
    struct clock c = { 0 };
    char fraction[FRACTION_MAX + 2] = "";
    int offset = 0;
    int64_t ms;

    if (text == NULL || !read_number(&text, 4, &c.year) || !read_char(&text, '-') ||
        !read_number(&text, 2, &c.month) || !read_char(&text, '-') ||
        !read_number(&text, 2, &c.day)) {
        return TIMESTAMP_BAD;
    }
    if (*text != '\0') {
        if ((*text != 'T' && *text != 't' && *text != ' ')) {
            return TIMESTAMP_BAD;
        }
        text++;
        if (!read_number(&text, 2, &c.hour) || !read_char(&text, ':') ||
            !read_number(&text, 2, &c.minute) || !read_char(&text, ':') ||
            !read_number(&text, 2, &c.second)) {
            return TIMESTAMP_BAD;
        }
        if (*text == '.') {
            size_t len = 1;
            while (is_digit(text[len])) {
                len++;
            }
            memcpy(fraction, text, len < sizeof(fraction) ? len : sizeof(fraction) - 1);
            text += len;
            if (len == 1) {
                fraction[0] = '\0';
            }
        }
        if (!read_zone(&text, &offset) || *text != '\0') {
            return TIMESTAMP_BAD;
        }
    }
    if (!clock_is_valid(&c)) {
        return TIMESTAMP_BAD;
    }
    if (c.year == 1 || c.year == 1601) {
        return TIMESTAMP_NEVER;
    }
    ms = clock_ms(&c) - offset * MINUTE_MS;
    /* RFC 3339 has four-digit years, which an offset may leave */
    if (ms < days_from_date(0, 1, 1) * DAY_MS || ms >= days_from_date(10000, 1, 1) * DAY_MS) {
        return TIMESTAMP_BAD;
    }
    timestamp_format(ms, out);
    if (fraction[0] != '\0') {
        stpcpy(stpcpy(out + strlen(out) - 1, fraction), "Z");
    }
    for (int i = 1, weight = 100; is_digit(fraction[i]) && weight > 0; i++, weight /= 10) {
        ms += (int64_t)(fraction[i] - '0') * weight;
    }
    *unix_ms = ms;
    return TIMESTAMP_OK;
}

int timestamp_compare(const char *a, const char *b)
{
    size_t la = strcspn(a, "Z"), lb = strcspn(b, "Z");
    int order = strncmp(a, b, la < lb ? la : lb);

    if (order != 0) {
        return order;
    }
    return (la > lb) - (la < lb);
}

/* Write exactly `digits` digits and the character after them.  Every time of a list is written
 * here; printf would take a tenth of the time for reading the list. */
static char *put_number(char *to, int digits, int64_t value, char after)
{
    for (int i = digits - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
    to[digits] = after;
    return to + digits + 1;
}

void timestamp_format(int64_t unix_ms, char out[TIMESTAMP_MAX])
{
    int64_t days = unix_ms / DAY_MS, rest = unix_ms % DAY_MS, year;
    int month, day;

    if (rest < 0) {
        rest += DAY_MS;
        days--;
    }
    date_from_days(days, &year, &month, &day);
    out = put_number(out, 4, year, '-');
    out = put_number(out, 2, month, '-');
    out = put_number(out, 2, day, 'T');
    out = put_number(out, 2, rest / HOUR_MS, ':');
    out = put_number(out, 2, rest / MINUTE_MS % 60, ':');
    out = put_number(out, 2, rest / SECOND_MS % 60, 'Z');
    *out = '\0';
}

struct age_unit {
    enum { YEARS, MONTHS, DAYS, HOURS, MINUTES } name;
    int64_t ms;
    const char *letters;
};

static const struct age_unit age_units[] = {
    { YEARS, 365 * DAY_MS, "y" }, { MONTHS, 30 * DAY_MS, "mo" }, { DAYS, DAY_MS, "d" },
    { HOURS, HOUR_MS, "h" },      { MINUTES, MINUTE_MS, "m" },
};

/* The largest unit of which the age has at least one, and how many; NULL below a minute. */
static const struct age_unit *age_unit(int64_t unix_ms, int64_t now_ms, int64_t *count)
{
    int64_t age = now_ms - unix_ms;

    if (age < 0) {
        age = -age;
    }
    for (size_t i = 0; i < sizeof(age_units) / sizeof(age_units[0]); i++) {
        *count = age / age_units[i].ms;
        if (*count > 0) {
            return &age_units[i];
        }
    }
    return NULL;
}

static void write_ago(const struct age_unit *unit, unsigned long n, char out[TIMESTAMP_MAX])
{
    switch (unit->name) {
    case YEARS:
        snprintf(out, TIMESTAMP_MAX, translate_count("%lu year ago", "%lu years ago", n), n);
        break;
    case MONTHS:
        snprintf(out, TIMESTAMP_MAX, translate_count("%lu month ago", "%lu months ago", n), n);
        break;
    case DAYS:
        snprintf(out, TIMESTAMP_MAX, translate_count("%lu day ago", "%lu days ago", n), n);
        break;
    case HOURS:
        snprintf(out, TIMESTAMP_MAX, translate_count("%lu hour ago", "%lu hours ago", n), n);
        break;
    case MINUTES:
        snprintf(out, TIMESTAMP_MAX, translate_count("%lu minute ago", "%lu minutes ago", n), n);
        break;
    }
}

static void write_ahead(const struct age_unit *unit, unsigned long n, char out[TIMESTAMP_MAX])
{
    switch (unit->name) {
    case YEARS:
        snprintf(out, TIMESTAMP_MAX, translate_count("in %lu year", "in %lu years", n), n);
        break;
    case MONTHS:
        snprintf(out, TIMESTAMP_MAX, translate_count("in %lu month", "in %lu months", n), n);
        break;
    case DAYS:
        snprintf(out, TIMESTAMP_MAX, translate_count("in %lu day", "in %lu days", n), n);
        break;
    case HOURS:
        snprintf(out, TIMESTAMP_MAX, translate_count("in %lu hour", "in %lu hours", n), n);
        break;
    case MINUTES:
        snprintf(out, TIMESTAMP_MAX, translate_count("in %lu minute", "in %lu minutes", n), n);
        break;
    }
}

void timestamp_relative(int64_t unix_ms, int64_t now_ms, char out[TIMESTAMP_MAX])
{
    int64_t count;
    const struct age_unit *unit = age_unit(unix_ms, now_ms, &count);

    if (unit == NULL) {
        snprintf(out, TIMESTAMP_MAX, "%s", _("just now"));
    } else if (unix_ms > now_ms) {
        write_ahead(unit, (unsigned long)count, out);
    } else {
        write_ago(unit, (unsigned long)count, out);
    }
}

void timestamp_age(int64_t unix_ms, int64_t now_ms, char out[TIMESTAMP_MAX])
{
    int64_t count;
    const struct age_unit *unit = age_unit(unix_ms, now_ms, &count);

    if (unit == NULL) {
        snprintf(out, TIMESTAMP_MAX, "%s", _("now"));
    } else {
        snprintf(out, TIMESTAMP_MAX, "%s%" PRId64 "%s", unix_ms > now_ms ? "+" : "", count,
                 unit->letters);
    }
}

void duration_format(int64_t ms, char out[TIMESTAMP_MAX])
{
    static const struct {
        int64_t seconds;
        const char *letter;
    } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "m" }, { 1, "s" } };
    int64_t seconds = ms > 0 ? ms / 1000 : 0, rest;
    size_t i = 0;

    while (seconds < units[i].seconds && units[i].seconds > 1) {
        i++;
    }
    rest = units[i].seconds > 1 ? seconds % units[i].seconds / units[i + 1].seconds : 0;
    if (rest > 0) {
        snprintf(out, TIMESTAMP_MAX, "%" PRId64 "%s %" PRId64 "%s", seconds / units[i].seconds,
                 units[i].letter, rest, units[i + 1].letter);
    } else {
        snprintf(out, TIMESTAMP_MAX, "%" PRId64 "%s", seconds / units[i].seconds, units[i].letter);
    }
}

bool timestamp_read_http(const char *text, int64_t *unix_ms)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const char *p = text != NULL ? strchr(text, ',') : NULL;
    struct clock c = { 0 };

    if (p == NULL || p[1] != ' ') {
        return false;
    }
    p += 2;
    if (!read_number(&p, 2, &c.day) || !read_char(&p, ' ')) {
        return false;
    }
    for (int i = 0; i < 12 && c.month == 0; i++) {
        if (strncmp(p, months[i], 3) == 0) {
            c.month = i + 1;
        }
    }
    if (c.month == 0) {
        return false;
    }
    p += 3;
    if (!read_char(&p, ' ') || !read_number(&p, 4, &c.year) || !read_char(&p, ' ') ||
        !read_number(&p, 2, &c.hour) || !read_char(&p, ':') || !read_number(&p, 2, &c.minute) ||
        !read_char(&p, ':') || !read_number(&p, 2, &c.second) || strcmp(p, " GMT") != 0 ||
        !clock_is_valid(&c)) {
        return false;
    }
    *unix_ms = clock_ms(&c);
    return true;
}

bool duration_parse(const char *text, int64_t *out_ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = {
        { "ms", 1 }, { "s", SECOND_MS }, { "m", MINUTE_MS }, { "h", HOUR_MS }, { "d", DAY_MS },
    };
    const int64_t limit = 3650 * DAY_MS;
    int64_t total = 0;

    if (text == NULL || *text == '\0') {
        return false;
    }
    while (*text != '\0') {
        int64_t value = 0, scale = 0;
        size_t letters = 0;
        if (!is_digit(*text)) {
            return false;
        }
        for (; is_digit(*text); text++) {
            value = value * 10 + (*text - '0');
            if (value > limit) {
                return false;
            }
        }
        while (text[letters] >= 'a' && text[letters] <= 'z') {
            letters++;
        }
        for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
            if (strlen(units[i].unit) == letters && strncmp(text, units[i].unit, letters) == 0) {
                scale = units[i].ms;
            }
        }
        if (scale == 0 || value > limit / scale || total + value * scale > limit) {
            return false;
        }
        total += value * scale;
        text += letters;
    }
    *out_ms = total;
    return true;
}
