/* transport_curl.c - the transport on libcurl: one multi handle, a queue, timers, and the loop that
 * drives them.  A single request on its handle is in transport_curl_request.c. */
#include "http/transport_curl_priv.h"
#include "offerstat/redact.h"
#include "offerstat/translate.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>

#define TICK_MS 200 /* the longest wait, so that a progress line keeps moving */

static struct curl_transport *self(struct transport *t)
{
    return (struct curl_transport *)t;
}

static void transport_curl_redact(struct transport *base, char *text)
{
    (void)base;
    redact_text(text);
}

static int transport_curl_hide(struct transport *base, const char *secret, struct error *err)
{
    (void)base;
    return redact_add(secret, err);
}

int64_t transport_curl_deadline_ms(const struct curl_transport *t,
                                   const struct transport_request *request)
{
    int64_t own_ms = request->deadline_ms, all_ms = t->base.deadline_ms;

    if (own_ms == 0 || (all_ms != 0 && all_ms < own_ms)) {
        return all_ms;
    }
    return own_ms;
}

bool transport_curl_is_overdue(const struct curl_transport *t,
                               const struct transport_request *request)
{
    int64_t deadline_ms = transport_curl_deadline_ms(t, request);

    return deadline_ms != 0 && transport_clock_ms() >= deadline_ms;
}

static int64_t transport_curl_now_ms(struct transport *t)
{
    (void)t;
    return transport_clock_ms();
}

static int64_t transport_curl_wall_ms(struct transport *t)
{
    (void)t;
    return transport_wall_clock_ms();
}

static uint32_t transport_curl_random(struct transport *t)
{
    uint32_t value = 0;

    if (getrandom(&value, sizeof(value), 0) != (ssize_t)sizeof(value)) {
        value = (uint32_t)transport_curl_now_ms(t) * UINT32_C(2654435761);
    }
    return value;
}

/* End a request that was not sent, and so is in no slot. */
static void end_unsent(struct pending *pending, enum transport_result result, const char *words)
{
    struct error why = ERROR_INIT;

    error_set_words(&why, ERR_NONE, words);
    pending->request.done(pending->request.user, result, &why);
    pending_free(pending);
}

/* Put a request that left the queue into a free slot; there must be one. */
static int begin(struct curl_transport *t, struct pending *pending, struct error *err)
{
    struct slot *slot = t->slots;
    const char *bearer = NULL;

    if (transport_curl_is_overdue(t, &pending->request)) {
        end_unsent(pending, TRANSPORT_TIMEOUT, N_("no time was left to send it"));
        return 0;
    }
    if (pending->request.bearer != NULL) {
        bearer = pending->request.bearer(pending->request.user);
        if (bearer == NULL) {
            end_unsent(pending, TRANSPORT_STOPPED, "no token");
            return 0;
        }
    }
    while (slot->pending != NULL) {
        slot++;
    }
    if (!slot_set_up(t, slot, pending, bearer) ||
        curl_multi_add_handle(t->multi, slot->easy) != CURLM_OK) {
        slot_record_end(slot, TRANSPORT_MEMORY, err);
        slot->pending = NULL;
        end_unsent(pending, TRANSPORT_MEMORY, "out of memory");
        return error_memory(err);
    }
    t->active++;
    return 0;
}

/* End the request in a slot.  The slot is free before the done callback, which may start the next
 * request. */
static void finish(struct curl_transport *t, struct slot *slot, CURLcode code)
{
    struct pending *pending = slot->pending;
    enum transport_result result;
    struct error why = ERROR_INIT;

    if (code == CURLE_OK && !slot->head_seen) {
        code = CURLE_GOT_NOTHING; /* libcurl takes a head that was cut off for a whole one */
    }
    result = slot_result(slot, code);
    slot_reason(slot, code, &why);
    slot_record_end(slot, result, &why);
    curl_multi_remove_handle(t->multi, slot->easy);
    slot->pending = NULL;
    t->active--;
    pending->request.done(pending->request.user, result, &why);
    pending_free(pending);
}

/* Fire the timers that are due; all of them once the deadline has passed, since nothing that they
 * begin could be sent.  Returns milliseconds until the next one, -1 when there is none. */
static int64_t run_timers(struct curl_transport *t)
{
    while (t->timers != NULL && !t->stopped) {
        struct timer *timer = t->timers;
        int64_t now_ms = transport_curl_now_ms(&t->base), left_ms = timer->due_ms - now_ms;
        bool overdue = t->base.deadline_ms != 0 && now_ms >= t->base.deadline_ms;
        if (left_ms > 0 && !overdue) {
            return left_ms;
        }
        t->timers = timer->next;
        timer->fire(timer->user);
        free(timer);
    }
    return -1;
}

/* Finish the requests that libcurl reports as ended.  Returns whether there were any. */
static bool collect(struct curl_transport *t)
{
    CURLMsg *message;
    bool ended = false;
    int left;

    while (!t->stopped && (message = curl_multi_info_read(t->multi, &left)) != NULL) {
        struct slot *slot = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
        if (!slot_begin_by_bundle(t, slot, code)) {
            finish(t, slot, code);
        }
        ended = true;
    }
    return ended;
}

/* End requests that are overdue or have stalled.  libcurl's own CURLOPT_LOW_SPEED_TIME has whole
 * seconds, fires seconds late, and its clock stops in suspend.  CURLOPT_TIMEOUT_MS counts from a
 * time that was read earlier: on a busy machine it would end a request before the deadline. */
static bool end_late(struct curl_transport *t)
{
    bool ended = false;

    for (unsigned i = 0; i < t->jobs && !t->stopped; i++) {
        struct slot *slot = &t->slots[i];
        bool overdue =
            slot->pending != NULL && transport_curl_is_overdue(t, &slot->pending->request);
        if (slot->pending != NULL && (overdue || slot_has_stalled(t, slot))) {
            slot->stalled = !overdue;
            finish(t, slot, CURLE_OPERATION_TIMEDOUT);
            ended = true;
        }
    }
    return ended;
}

/* End every request and fire every timer at once, so that their owners can free what they hold. */
static void drain(struct curl_transport *t)
{
    t->stopped = true;
    for (unsigned i = 0; i < t->jobs; i++) {
        if (t->slots[i].pending != NULL) {
            t->slots[i].stopped = true;
            finish(t, &t->slots[i], CURLE_ABORTED_BY_CALLBACK);
        }
    }
    while (t->waiting != NULL) {
        struct pending *pending = t->waiting;
        t->waiting = pending->next;
        end_unsent(pending, TRANSPORT_STOPPED, "stopped");
    }
    t->waiting_end = &t->waiting;
    while (t->timers != NULL) {
        struct timer *timer = t->timers;
        t->timers = timer->next;
        timer->fire(timer->user);
        free(timer);
    }
}

/* Move requests from the queue into free slots. */
static int start_waiting(struct curl_transport *t, struct error *err)
{
    while (t->waiting != NULL && t->active < t->jobs && !t->stopped) {
        struct pending *pending = t->waiting;
        t->waiting = pending->next;
        if (t->waiting == NULL) {
            t->waiting_end = &t->waiting;
        }
        if (begin(t, pending, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* One turn of the loop: 1 while there is more to do, 0 at the end, -1 with *err. */
static int turn(struct curl_transport *t, struct error *err)
{
    int64_t wait_ms = run_timers(t);
    int running;

    if (start_waiting(t, err) != 0) {
        return -1;
    }
    if (t->base.after != NULL && !t->stopped) {
        t->base.after(t->base.after_user);
    }
    if (t->stopped || (t->active == 0 && t->waiting == NULL && t->timers == NULL)) {
        return 0;
    }
    if (curl_multi_perform(t->multi, &running) != CURLM_OK) {
        return error_memory(err);
    }
    if (collect(t) || end_late(t)) {
        return 1; /* requests have ended, and `after` may start more: do not wait now */
    }
    if (t->stopped || (t->waiting != NULL && t->active < t->jobs) ||
        (t->active == 0 && t->timers == NULL)) {
        return 1;
    }
    if (t->tick != NULL) {
        t->tick(t->tick_user);
    }
    if (wait_ms < 0 || wait_ms > TICK_MS) {
        wait_ms = TICK_MS;
    }
    if (t->base.deadline_ms != 0) {
        int64_t left_ms = t->base.deadline_ms - transport_clock_ms();
        if (left_ms < wait_ms) {
            wait_ms = left_ms > 0 ? left_ms : 0;
        }
    }
    if (curl_multi_poll(t->multi, NULL, 0, (int)wait_ms, NULL) != CURLM_OK) {
        return error_memory(err);
    }
    return 1;
}

static int transport_curl_run(struct transport *base, struct error *err)
{
    struct curl_transport *t = self(base);
    int rc = 1;

    while (rc > 0) {
        rc = turn(t, err);
    }
    if (rc < 0 || t->stopped) {
        drain(t);
    }
    t->stopped = false;
    return rc;
}

static int transport_curl_start(struct transport *base, const struct transport_request *request,
                                struct error *err)
{
    struct curl_transport *t = self(base);
    struct pending *pending;

    if (t->stopped) {
        return error_set(err, ERR_BUG, "stopped");
    }
    pending = pending_new(request, err);
    if (pending == NULL) {
        return -1;
    }
    *t->waiting_end = pending;
    t->waiting_end = &pending->next;
    return 0;
}

static int transport_curl_timer(struct transport *base, int64_t delay_ms, void (*fire)(void *user),
                                void *user, struct error *err)
{
    struct curl_transport *t = self(base);
    struct timer **at = &t->timers;
    struct timer *timer;

    if (t->stopped) {
        return error_set(err, ERR_BUG, "stopped");
    }
    timer = malloc(sizeof(*timer));
    if (timer == NULL) {
        return error_memory(err);
    }
    *timer = (struct timer){ .due_ms = transport_curl_now_ms(base) + delay_ms,
                             .fire = fire,
                             .user = user };
    while (*at != NULL && (*at)->due_ms <= timer->due_ms) {
        at = &(*at)->next;
    }
    timer->next = *at;
    *at = timer;
    return 0;
}

static void transport_curl_stop(struct transport *base)
{
    self(base)->stopped = true;
}

static void transport_curl_close(struct transport *base)
{
    struct curl_transport *t = self(base);

    if (t->slots != NULL) {
        drain(t);
    }
    for (unsigned i = 0; t->slots != NULL && i < t->jobs; i++) {
        curl_easy_cleanup(t->slots[i].easy);
    }
    curl_multi_cleanup(t->multi);
    free(t->slots);
    free(t->user_agent);
    free(t->ca_file);
    free(t->ca_path);
    free(t);
    curl_global_cleanup();
}

/* A request needs a descriptor for its connection, and for a moment two more, to look up a name or
 * to try a second address.  Without them it would fail as "cannot connect". */
#define DESCRIPTORS_OF_A_JOB 3
/* For a sign-in's connection, a child's pipes, files, and libcurl itself. */
#define DESCRIPTORS_OF_OTHERS 16

static unsigned affordable_jobs(const struct transport_options *options)
{
    unsigned jobs = options->jobs > 0 ? options->jobs : 1;
    struct rlimit limit;
    rlim_t open = 0, most = 1;
    char text[160];

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur / DESCRIPTORS_OF_A_JOB / 2 > jobs) {
        return jobs;
    }
    for (int fd = 0; (rlim_t)fd < limit.rlim_cur; fd++) {
        if (fcntl(fd, F_GETFD) != -1) {
            open++;
        }
    }
    if (limit.rlim_cur > open + DESCRIPTORS_OF_OTHERS + DESCRIPTORS_OF_A_JOB) {
        most = (limit.rlim_cur - open - DESCRIPTORS_OF_OTHERS) / DESCRIPTORS_OF_A_JOB;
    }
    if (most >= jobs) {
        return jobs;
    }
    if (options->note != NULL) {
        snprintf(text, sizeof(text),
                 _("requests side by side: %u in place of %u, since only %lu file descriptors "
                   "may be open (ulimit -n)"),
                 (unsigned)most, jobs, (unsigned long)limit.rlim_cur);
        options->note(options->note_user, text);
    }
    return (unsigned)most;
}

int transport_curl_open(const struct transport_options *options, struct transport **out,
                        struct error *err)
{
    struct curl_transport *t;

    if (!transport_curl_init()) {
        return error_memory(err);
    }
    t = calloc(1, sizeof(*t));
    if (t == NULL) {
        curl_global_cleanup();
        return error_memory(err);
    }
    t->base = (struct transport){ .start = transport_curl_start,
                                  .timer = transport_curl_timer,
                                  .run = transport_curl_run,
                                  .stop = transport_curl_stop,
                                  .now_ms = transport_curl_now_ms,
                                  .wall_ms = transport_curl_wall_ms,
                                  .random = transport_curl_random,
                                  .redact = transport_curl_redact,
                                  .hide = transport_curl_hide,
                                  .close = transport_curl_close };
    t->waiting_end = &t->waiting;
    t->jobs = affordable_jobs(options);
    t->connect_timeout_ms = options->connect_timeout_ms;
    t->stall_timeout_ms = options->stall_timeout_ms;
    t->request_timeout_ms = options->request_timeout_ms;
    t->base.ca_origin = options->ca_origin;
    t->proxy_auth = proxy_auth_bits(options->proxy_auth);
    t->directory_first = transport_curl_has_directory(options);
    t->tick = options->tick;
    t->tick_user = options->tick_user;
    t->recorder = options->recorder;
    t->multi = curl_multi_init();
    t->slots = calloc(t->jobs, sizeof(*t->slots));
    if (t->multi == NULL || t->slots == NULL ||
        !transport_curl_copy(&t->user_agent, options->user_agent) ||
        !transport_curl_copy(&t->ca_file, options->ca_file) ||
        !transport_curl_copy(&t->ca_path, options->ca_path) ||
        /* With fewer kept connections than jobs, libcurl would open and close them all the time. */
        curl_multi_setopt(t->multi, CURLMOPT_MAXCONNECTS, (long)t->jobs) != CURLM_OK) {
        transport_curl_close(&t->base);
        return error_memory(err);
    }
    *out = &t->base;
    return 0;
}
