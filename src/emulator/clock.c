/* clock.c - real time, and how the services write it. */
#include "clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_wall_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_write(int64_t unix_ms, int digits, const char *zone, char out[CLOCK_TEXT_MAX])
{
    time_t seconds = (time_t)(unix_ms / 1000);
    struct tm parts = { 0 };
    char date[32];

    gmtime_r(&seconds, &parts);
    strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out, CLOCK_TEXT_MAX, "%s.%03d%.*s%s", date, (int)(unix_ms % 1000), digits - 3, "0000",
             zone);
}
