/* year.c - year FILE: a record of a year of hourly reads of 100 offers, each published every 20
 * days through six steps that take a day, made by the record's own functions. */
#include "offerstat/record.h"

#include <stdio.h>
#include <stdlib.h>

#define OFFERS 100
#define STEPS 6
#define HOUR_MS (INT64_C(3600) * 1000)
#define YEAR_HOURS (365 * 24)
#define PERIOD_HOURS (20 * 24)
#define STEP_HOURS 24
#define BEGIN_MS (INT64_C(1767225600) * 1000) /* 2026-01-01 */

static void year_on_warning(void *user, const struct error *what)
{
    (void)user;
    fprintf(stderr, "%s\n", what->text);
}

static int note(struct record *record, int nth, int hour, struct error *err)
{
    int into = (hour + nth * 7) % PERIOD_HOURS, publish = (hour + nth * 7) / PERIOD_HOURS;
    int at = into / STEP_HOURS;
    struct step steps[STEPS];
    char id[32], name[64], submission[32], ids[STEPS][16], names[STEPS][32];
    struct offer o = { .api = "cpp",
                       .id = id,
                       .name = name,
                       .type = "microsoft-azure-virtualmachines",
                       .publisher = "contoso",
                       .submission = submission,
                       .version = submission,
                       .raw_status = "running",
                       .state = at < STEPS ? STATE_IN_PROGRESS : STATE_NONE,
                       .live = LIVE_YES,
                       .basis = BASIS_DOCUMENTED };

    snprintf(id, sizeof(id), "contoso-offer-%d", nth);
    snprintf(name, sizeof(name), "An offer of Contoso, number %d", nth);
    snprintf(submission, sizeof(submission), "%d", 1000 + publish);
    for (int i = 0; i < STEPS; i++) {
        snprintf(ids[i], sizeof(ids[i]), "step-%d", i);
        snprintf(names[i], sizeof(names[i]), "Publishing step %d", i);
        steps[i] = (struct step){ .id = ids[i], .name = names[i], .status = STEP_COMPLETE };
        if (i == at) {
            steps[i].status = STEP_IN_PROGRESS;
        } else if (i > at) {
            steps[i].status = STEP_NOT_STARTED;
        }
    }
    if (at < STEPS) {
        o.steps = steps;
        o.step_count = STEPS;
    }
    return record_note(record, &o, BEGIN_MS + hour * HOUR_MS, err);
}

int main(int argc, char **argv)
{
    struct record_options options = { .endpoint = "loopback",
                                      .writes = true,
                                      .warn = year_on_warning };
    struct record *record = NULL;
    struct error err = ERROR_INIT;
    int rc = -1;

    if (argc != 2) {
        return 2;
    }
    options.path = argv[1];
    if (record_open(&options, &record, &err) == 0) {
        rc = 0;
    }
    for (int hour = 0; rc == 0 && hour < YEAR_HOURS; hour++) {
        for (int nth = 0; rc == 0 && nth < OFFERS; nth++) {
            rc = note(record, nth, hour, &err);
        }
        if (rc == 0) {
            rc = record_write(record, true, BEGIN_MS + hour * HOUR_MS, &err);
        }
    }
    record_close(record);
    if (rc != 0) {
        fprintf(stderr, "%s\n", err.text);
    }
    return rc == 0 ? 0 : 1;
}
