/* wait_loop.c - read, notify, judge, pause, until a wait is over. */
#include "wait_loop.h"

#include "offers/offers.h"
#include "offers/offers_print.h"
#include "options/settings.h"
#include "output/output.h"
#include "polling.h"
#include "process/interrupt.h"
#include "terminal/live_view.h"
#include "terminal/say.h"
#include "wait_end.h"
#include "wait_notify.h"
#include "wait_run.h"
#include "wait_scene.h"

#include "offerstat/outcome.h"
#include "offerstat/transport.h"
#include "offerstat/wait_schedule.h"

#include <stdio.h>

/* The interval when stderr is no terminal, unless --heartbeat gives one. */
#define HEARTBEAT_MS (INT64_C(5) * 60 * 1000)

/* The last read is this long before the deadline, when the pause would end after it. */
#define LAST_READ_MS (INT64_C(5) * 1000)

static void wait_on_offer(void *user, const struct waited *w, const struct offer *before)
{
    struct wait_run *run = user;

    run->notifier.with_publisher = run->offers.several_publishers;
    wait_notify_offer(&run->notifier, w, before);
}

/* Called while requests are under way. */
static bool wait_on_tick(void *user)
{
    struct wait_run *run = user;

    live_read_keys();
    wait_scene_draw(run);
    return interrupt_number() == 0;
}

static bool is_past(int64_t deadline_ms)
{
    return deadline_ms != 0 && transport_clock_ms() >= deadline_ms;
}

static void remember_problem(struct wait_run *run, const struct report *report)
{
    if (report->problem_count > 0) {
        problem_error(&report->problems[0], &run->problem);
    }
}

/* How long to pause before the next read. */
static int64_t next_pause_ms(struct wait_run *run, int64_t now_ms)
{
    int64_t asked_ms = polling_asked_ms(run->session, now_ms), left_ms;
    int64_t pause_ms = polling_pause_ms(&run->schedule, run->offers.changed, asked_ms);

    if (asked_ms <= 0 && run->policy.settle_ms > 0 && pause_ms > run->policy.settle_ms) {
        pause_ms = run->policy.settle_ms; /* see soon whether a state lasts */
    }
    if (run->deadline_ms == 0 || asked_ms > 0) {
        return pause_ms;
    }
    left_ms = run->deadline_ms - now_ms;
    if (pause_ms > left_ms && left_ms - LAST_READ_MS > run->schedule.interval_ms) {
        return left_ms - LAST_READ_MS;
    }
    return pause_ms;
}

/* Whether an offer that does not exist may still appear. */
static bool may_appear(const struct wait_run *run, int64_t now_ms)
{
    return now_ms - run->began_ms < run->settings->appear_ms;
}

/* Judge what the read has found.  True when the wait is over, with run->code set. */
static bool judge(struct wait_run *run, int code, int64_t now_ms)
{
    struct wait_tally tally;

    run->last_code = code;
    if (polling_is_pointless(code)) {
        run->code = code;
        return true;
    }
    wait_offers_count(&run->offers, &tally);
    if (code == EXIT_NOT_FOUND && !may_appear(run, now_ms)) {
        run->code = outcome_worse(code, tally.ended > 0 ? tally.worst : EXIT_OK);
        return true;
    }
    if (wait_is_over(&run->policy, &tally, run->offers.fixed, &run->code)) {
        run->by_offer = true;
        return true;
    }
    if (run->session->no_signin || wait_gives_up(&run->schedule, code, now_ms)) {
        run->code = code;
        return true;
    }
    return false;
}

/* How long until the next read; -1 when there is none. */
static int64_t left_until_next_read_ms(const struct wait_run *run, bool over, int64_t now_ms)
{
    bool is_last = run->deadline_ms != 0 && run->next_read_ms >= run->deadline_ms;

    if (over || is_last || run->settings->timeout_ms == WAIT_ONE_READ) {
        return -1;
    }
    return run->next_read_ms - now_ms;
}

/* Read once.  True when the wait is over. */
static bool read_once(struct wait_run *run)
{
    struct offers_result result;
    struct error err = ERROR_INIT;
    int64_t now_ms;
    int code;
    bool cut, over;

    run->next_read_ms = 0;
    run->session->again = run->offers.any_reads ? wait_offers_again(&run->offers) : NULL;
    code = offers_read(run->session, &result, &err) == 0 ? outcome_of_report(&result.report)
                                                         : outcome_of_error(err.code);
    now_ms = transport_clock_ms();
    if (err.code == ERR_NONE) {
        snprintf(run->api, sizeof(run->api), "%s", result.report.api);
    }
    if (err.code == ERR_NONE && wait_offers_take(&run->offers, &result.report, code, now_ms) != 0) {
        error_memory(&err);
        code = EXIT_BUG;
    }
    cut = code != EXIT_OK && !polling_is_pointless(code) &&
          (is_past(run->deadline_ms) || interrupt_number() != 0);
    if (err.code != ERR_NONE) {
        run->problem = err;
    } else if (!cut) {
        remember_problem(run, &result.report);
    }
    if (cut) {
        over = false; /* a read that the deadline has cut off says nothing about the service */
    } else {
        over = judge(run, code, now_ms);
        run->complete = code == EXIT_OK;
        run->next_read_ms = now_ms + next_pause_ms(run, now_ms);
    }
    if (err.code == ERR_NONE && !cut && !polling_is_pointless(code)) {
        wait_notify_problem(&run->notifier, &result.report,
                            left_until_next_read_ms(run, over, now_ms));
    }
    if (run->notifier.failure.code != ERR_NONE) {
        run->problem = run->notifier.failure;
        run->code = outcome_of_error(run->notifier.failure.code);
        over = true;
    }
    offers_result_clear(&result);
    return over;
}

static int64_t heartbeat_ms(const struct wait_run *run)
{
    if (run->settings->heartbeat_ms != WAIT_FOR_EVER) {
        return run->settings->heartbeat_ms;
    }
    return live_is_on() ? 0 : HEARTBEAT_MS;
}

/* When the pause has to be interrupted for something other than a read; INT64_MAX: never. */
static int64_t next_event_ms(const struct wait_run *run)
{
    int64_t at_ms = run->next_read_ms, beat_ms = heartbeat_ms(run);

    if (run->deadline_ms != 0 && run->deadline_ms < at_ms) {
        at_ms = run->deadline_ms;
    }
    if (beat_ms > 0 && run->notifier.notified_ms + beat_ms < at_ms) {
        at_ms = run->notifier.notified_ms + beat_ms;
    }
    return at_ms;
}

/* Pause until the next read.  False when the deadline or a signal comes first. */
static bool sleep_until_next_read(struct wait_run *run)
{
    for (;;) {
        int64_t beat_ms = heartbeat_ms(run);
        if (interrupt_number() != 0 || is_past(run->deadline_ms)) {
            return false;
        }
        if (transport_clock_ms() >= run->next_read_ms) {
            return true;
        }
        if (beat_ms > 0 && transport_clock_ms() >= run->notifier.notified_ms + beat_ms) {
            wait_notify_heartbeat(&run->notifier, &run->offers);
        }
        wait_scene_draw(run);
        polling_sleep(next_event_ms(run)); /* Ctrl-C ends it, q does not */
    }
}

/* The deadline has passed, or a signal came. */
static void end_early(struct wait_run *run)
{
    struct wait_tally tally;

    run->signal = interrupt_number();
    if (run->signal != 0) {
        run->code = interrupt_exit_code(run->signal);
        return;
    }
    wait_offers_count(&run->offers, &tally);
    run->code = outcome_worse(tally.worst, run->last_code);
    if (run->code == EXIT_OK) {
        run->code = EXIT_DEADLINE; /* nothing could be read so far */
    }
    run->by_offer = tally.ended > 0 || run->code == EXIT_FAILED;
}

static void begin(struct wait_run *run)
{
    struct settings *s = run->settings;

    run->began_ms = transport_clock_ms();
    if (s->timeout_ms > 0) {
        run->deadline_ms = run->began_ms + s->timeout_ms;
    }
    s->deadline_ms = run->deadline_ms;
    s->tick = wait_on_tick;
    s->tick_user = run;
    run->policy = (struct wait_policy){ .states = s->wait_for & ALL_STATES,
                                        .live = (s->wait_for & WAIT_FOR_LIVE) != 0,
                                        .any = s->wait_any,
                                        .from_now = s->from_now,
                                        .goes_on = s->no_fail_fast,
                                        .settle_ms = s->settle_ms };
    run->schedule = polling_schedule(s);
    run->offers = (struct wait_offers){ .policy = &run->policy,
                                        .by_id = run->session->argument_count > 0 &&
                                                 offers_are_named_by_id(run->session),
                                        .notify = wait_on_offer,
                                        .user = run };
    run->notifier = (struct wait_notifier){ .settings = s,
                                            .render = output_render(run->session->output),
                                            .deadline_ms = run->deadline_ms,
                                            .notified_ms = run->began_ms };
}

int wait_loop(struct offers_session *session, struct settings *settings)
{
    struct wait_run run = { .session = session, .settings = settings };
    bool over = false, goes_on = true;
    int code;

    begin(&run);
    interrupt_catch();
    say_each_once();
    wait_scene_begin(&run);
    while (!over && goes_on) {
        over = read_once(&run);
        goes_on = settings->timeout_ms != WAIT_ONE_READ && !over && sleep_until_next_read(&run);
    }
    if (!over || interrupt_number() != 0) { /* a signal outranks the result of the last read */
        end_early(&run);
    }
    live_end();
    offers_say_unplaced(session); /* before the last line */
    code = wait_end(&run);
    wait_offers_clear(&run.offers);
    return code;
}
