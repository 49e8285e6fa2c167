/* story.c - what has happened to an offer.
 *
 * A scenario describes an offer in the words of the Cloud Partner Portal: a status, slots, steps
 * and submissions.  The other two APIs show the same in words of their own.  Here the offer's past
 * is put together once, as a struct story; ingestion_body.c and graph.c translate it.  A story
 * knows at most two submissions, the one that is live and the newest, since no API shows more at a
 * time.
 *
 * tests/emulator/stories.json has an offer of each kind; docs/emulator.md has the table. */
#include "story.h"

#include "json.h"
#include "offerstat/hash.h"
#include "offerstat/timestamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define FIRST_ID UINT64_C(1152921505690000000) /* ids of the service are about as large */

static bool story_is_one_of(const char *text, const char *const *words)
{
    for (; text != NULL && *words != NULL; words++) {
        if (strcasecmp(text, *words) == 0) {
            return true;
        }
    }
    return false;
}

bool step_is_sign_off(const cJSON *step)
{
    return json_text_is(step, "id", "publisher-signoff") ||
           json_text_is(step, "name", "publisher-signoff");
}

bool step_is_rejected(const cJSON *step)
{
    return json_text_is(step, "status", "rejected") || json_text_is(step, "status", "failed");
}

enum progress step_progress(const cJSON *step)
{
    static const char *const done[] = { "complete", "completed", NULL };
    static const char *const waiting[] = { "notStarted", "canceled", "cancelled", NULL };
    const char *status = json_text(step, "status");

    if (story_is_one_of(status, done)) {
        return STEP_DONE;
    }
    if (story_is_one_of(status, waiting)) {
        return STEP_WAITING;
    }
    if (step_is_rejected(step)) {
        return STEP_REJECTED;
    }
    if (step_is_sign_off(step) && strcasecmp(status, "waitingForPublisherReview") == 0) {
        return STEP_SIGN_OFF;
    }
    return STEP_WORKING;
}

/* Whether Microsoft reviews the offer in this step. */
static bool story_is_certification(const cJSON *step)
{
    const char *name = json_text(step, "name");

    return json_text_is(step, "id", "displaycertify") ||
           json_text_is(step, "name", "Certification") ||
           (name != NULL && !step_is_sign_off(step) && strstr(name, "review") != NULL);
}

/* What the steps of an offer show.  Pointers are NULL where there is no such step. */
struct steps {
    const cJSON *first, *rejected; /* rejected: the first of them */
    bool sign_off_waits, sign_off_done;
};

static struct steps story_read_steps(const cJSON *offer)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(offer, "steps"), *step;
    struct steps found = { 0 };

    if (list != NULL) {
        found.first = list->child;
    }
    cJSON_ArrayForEach(step, list)
    {
        enum progress progress = step_progress(step);
        if (progress == STEP_REJECTED) {
            if (found.rejected == NULL) {
                found.rejected = step;
            }
        } else if (step_is_sign_off(step)) {
            found.sign_off_waits = progress == STEP_SIGN_OFF;
            found.sign_off_done = progress == STEP_DONE;
        }
    }
    return found;
}

static const cJSON *story_slot(const cJSON *offer, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(offer, "slots"), name);
}

/* The newest submission that went live, NULL if there was none. */
static const cJSON *story_last_golive(const cJSON *offer)
{
    static const char *const good[] = { "completed", "succeeded", NULL };
    const cJSON *item;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(offer, "submissions"))
    {
        if (json_text_is(item, "type", "golive") &&
            story_is_one_of(json_text(item, "state"), good)) {
            return item;
        }
    }
    return NULL;
}

static enum phase story_phase_of_success(const cJSON *offer)
{
    const cJSON *submissions = cJSON_GetObjectItemCaseSensitive(offer, "submissions");
    const cJSON *newest = submissions != NULL ? submissions->child : NULL;

    /* Publishing up to the preview is an operation that succeeds, too.  When nothing is live yet
     * and no go-live was asked for, the publisher still has to do that. */
    if (story_slot(offer, "production") == NULL && story_slot(offer, "preview") != NULL &&
        !json_text_is(newest, "type", "golive")) {
        return PHASE_READY;
    }
    return PHASE_NONE;
}

static enum phase story_phase_of_failure(const struct steps *steps)
{
    if (steps->rejected != NULL && steps->rejected == steps->first) {
        return PHASE_STOPPED;
    }
    if (steps->rejected != NULL && story_is_certification(steps->rejected)) {
        return PHASE_NOT_CERTIFIED;
    }
    if (steps->sign_off_done) {
        return PHASE_NOT_LIVE;
    }
    return PHASE_FAILED;
}

static enum phase story_phase_of(const cJSON *offer, const struct steps *steps)
{
    static const char *const never[] = { "neverPublished", "notStarted", NULL };
    static const char *const good[] = { "succeeded", "published", "completed", NULL };
    static const char *const canceled[] = { "canceled", "cancelled", NULL };
    const char *status = json_text(offer, "status");

    if (story_is_one_of(status, never)) {
        return PHASE_NONE;
    }
    if (story_is_one_of(status, good)) {
        return story_phase_of_success(offer);
    }
    if (story_is_one_of(status, canceled)) {
        /* Canceling is how a publisher leaves a review that has failed. */
        if (steps->rejected != NULL) {
            return PHASE_NOT_CERTIFIED;
        }
        return PHASE_CANCELED;
    }
    if (strcasecmp(status, "failed") == 0 || steps->rejected != NULL) {
        return story_phase_of_failure(steps);
    }
    if (strcasecmp(status, "waitingForPublisherReview") == 0 || steps->sign_off_waits) {
        return PHASE_READY;
    }
    if (steps->sign_off_done) {
        return PHASE_GOING_LIVE;
    }
    if (steps->first != NULL && step_progress(steps->first) != STEP_DONE) {
        return PHASE_CHECKING;
    }
    return PHASE_SUBMITTED;
}

static unsigned long story_number(const cJSON *item, unsigned long otherwise)
{
    unsigned long number = otherwise;

    if (cJSON_IsNumber(item)) {
        number = (unsigned long)item->valuedouble;
    } else if (cJSON_IsString(item)) {
        number = strtoul(item->valuestring, NULL, 10);
    }
    return number % 1000000; /* a version may be a count of ticks; the other APIs number from 1 */
}

static int64_t story_time(const cJSON *object, const char *member, int64_t otherwise)
{
    const char *text = json_text(object, member);
    char read[TIMESTAMP_MAX];
    int64_t ms;

    return text != NULL && timestamp_read(text, &ms, read) == TIMESTAMP_OK ? ms : otherwise;
}

/* An id depends on the version: a submission keeps it when it goes live. */
static void story_write_id(const struct product *p, unsigned long release, char out[STORY_ID_MAX])
{
    snprintf(out, STORY_ID_MAX, "%" PRIu64,
             FIRST_ID + hash_text(p->guid) % 100000 * 1000000 + (uint64_t)release * 7 + 189);
}

/* The versions of the live and of the newest submission; the newest has a higher one. */
static void story_set_releases(struct story *s, const struct product *p)
{
    const cJSON *production = story_slot(p->offer, "production");

    s->release = story_number(cJSON_GetObjectItemCaseSensitive(p->offer, "version"), 1);
    if (production != NULL) {
        s->live_release = story_number(production, 1);
    } else if (s->phase == PHASE_NONE) { /* the draft is what was live before it was taken down */
        s->live_release = s->release;
    } else if (s->release > 0) {
        s->live_release = s->release - 1;
    }
    if (s->release <= s->live_release && (s->live || s->delisted)) {
        s->release = s->live_release + 1;
    }
    story_write_id(p, s->live_release, s->live_id);
    story_write_id(p, s->release, s->id);
}

/* The scenario has the time of the last change.  With a submission beside what is live that
 * is its time, and without a completed go-live among the submissions the offer went live a month
 * before. */
static void story_set_times(struct story *s, const struct product *p, const cJSON *golive)
{
    static const int64_t any_day_ms = INT64_C(1793000000000); /* in 2026 */
    int64_t changed_ms = story_time(p->offer, "changed", any_day_ms);
    bool moved = cJSON_GetObjectItemCaseSensitive(p->offer, "began") != NULL; /* see advance.c */

    s->begun_ms = story_time(p->offer, "began", changed_ms);
    if (s->phase == PHASE_NONE) {
        s->live_ms = changed_ms;
    } else {
        s->live_ms = s->begun_ms - 30 * DAY_MS;
    }
    if (s->phase != PHASE_NONE || !moved) {
        s->live_ms = story_time(golive, "changed", s->live_ms);
    }
}

struct story story_of(const struct product *p)
{
    const cJSON *golive = story_last_golive(p->offer);
    struct steps steps = story_read_steps(p->offer);
    struct story s = { .phase = story_phase_of(p->offer, &steps),
                       .signed_off = steps.sign_off_done,
                       .live = story_slot(p->offer, "production") != NULL };

    s.delisted = !s.live && golive != NULL;
    story_set_releases(&s, p);
    story_set_times(&s, p, golive);
    return s;
}
