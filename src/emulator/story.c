/* story.c - what has happened to an offer, from its status, slots, steps and submissions, told
 * without the words of any API (mapping: each of these has a row in tests/emulator/stories.json).
 */
#include "story.h"

#include "hash.h"
#include "json.h"
#include "offerstat/timestamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define FIRST_ID UINT64_C(1152921505690000000)

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

    return story_is_one_of(status, done)      ? STEP_DONE
           : story_is_one_of(status, waiting) ? STEP_WAITING
           : step_is_rejected(step)           ? STEP_REJECTED
           : step_is_sign_off(step) && strcasecmp(status, "waitingForPublisherReview") == 0
               ? STEP_SIGN_OFF
               : STEP_WORKING;
}

/* Whether it was people or machines of Microsoft that looked at this step. */
static bool step_is_certification(const cJSON *step)
{
    const char *name = json_text(step, "name");

    return json_text_is(step, "id", "displaycertify") ||
           json_text_is(step, "name", "Certification") ||
           (name != NULL && !step_is_sign_off(step) && strstr(name, "review") != NULL);
}

/* What the steps say. */
struct steps {
    const cJSON *first, *rejected;
    bool sign_off_waits, sign_off_done;
};

static struct steps story_read_steps(const cJSON *offer)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(offer, "steps"), *step;
    struct steps found = { .first = list != NULL ? list->child : NULL };

    cJSON_ArrayForEach(step, list)
    {
        enum progress progress = step_progress(step);
        if (progress == STEP_REJECTED) {
            found.rejected = found.rejected != NULL ? found.rejected : step;
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
    static const char *const ends[] = { "completed", "succeeded", NULL };
    const cJSON *item;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(offer, "submissions"))
    {
        if (json_text_is(item, "type", "golive") &&
            story_is_one_of(json_text(item, "state"), ends)) {
            return item;
        }
    }
    return NULL;
}

static enum phase story_phase_of_success(const cJSON *offer)
{
    const cJSON *submissions = cJSON_GetObjectItemCaseSensitive(offer, "submissions");

    /* Up to the preview it can succeed as well: then the go-live is what is missing. */
    return story_slot(offer, "production") == NULL && story_slot(offer, "preview") != NULL &&
                   !json_text_is(submissions != NULL ? submissions->child : NULL, "type", "golive")
               ? PHASE_READY
               : PHASE_NONE;
}

static enum phase story_phase_of_failure(const struct steps *steps)
{
    if (steps->rejected != NULL && steps->rejected == steps->first) {
        return PHASE_STOPPED;
    }
    if (steps->rejected != NULL && step_is_certification(steps->rejected)) {
        return PHASE_NOT_CERTIFIED;
    }
    return steps->sign_off_done ? PHASE_NOT_LIVE : PHASE_FAILED;
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
        return steps->rejected != NULL ? PHASE_NOT_CERTIFIED : PHASE_CANCELED;
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
    return steps->first != NULL && step_progress(steps->first) != STEP_DONE ? PHASE_CHECKING
                                                                            : PHASE_SUBMITTED;
}

static unsigned long story_number(const cJSON *item, unsigned long otherwise)
{
    unsigned long number = otherwise;

    if (cJSON_IsNumber(item)) {
        number = (unsigned long)item->valuedouble;
    } else if (cJSON_IsString(item)) {
        number = strtoul(item->valuestring, NULL, 10);
    }
    return number % 1000000; /* of a version in ticks the last digits will do */
}

static int64_t story_time(const cJSON *object, const char *member, int64_t otherwise)
{
    const char *text = json_text(object, member);
    char read[TIMESTAMP_MAX];
    int64_t ms;

    return text != NULL && timestamp_read(text, &ms, read) == TIMESTAMP_OK ? ms : otherwise;
}

/* An id stays with its version, so that what was on the way is what is live in the end. */
static void story_write_id(const struct product *p, unsigned long release, char out[24])
{
    snprintf(out, 24, "%" PRIu64,
             FIRST_ID + hash_text(p->guid) % 100000 * 1000000 + (uint64_t)release * 7 + 189);
}

struct story story_of(const struct product *p)
{
    static const int64_t any_day = INT64_C(1793000000000); /* 2026 */
    const cJSON *production = story_slot(p->offer, "production"),
                *golive = story_last_golive(p->offer);
    struct steps steps = story_read_steps(p->offer);
    struct story s = { .phase = story_phase_of(p->offer, &steps),
                       .signed_off = steps.sign_off_done };
    int64_t changed_ms = story_time(p->offer, "changed", any_day);

    s.live = production != NULL;
    s.delisted = !s.live && golive != NULL;
    s.release = story_number(cJSON_GetObjectItemCaseSensitive(p->offer, "version"), 1);
    s.live_release = production != NULL      ? story_number(production, 1)
                     : s.phase == PHASE_NONE ? s.release
                     : s.release > 0         ? s.release - 1
                                             : 0;
    if (s.release <= s.live_release && (s.live || s.delisted)) {
        s.release = s.live_release + 1;
    }
    s.begun_ms = story_time(p->offer, "began", changed_ms);
    s.live_ms = s.phase == PHASE_NONE ? changed_ms : s.begun_ms - 30 * DAY_MS;
    if (s.phase != PHASE_NONE || cJSON_GetObjectItemCaseSensitive(p->offer, "began") == NULL) {
        s.live_ms = story_time(golive, "changed", s.live_ms);
    }
    story_write_id(p, s.live_release, s.live_id);
    story_write_id(p, s.release, s.id);
    return s;
}
