/* test_stories.c - situations met in practice (docs/states.md), each as all three APIs show it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define GUID "4b8c7499-1cb3-4cf6-9b5b-c45d2a7040e2"
#define OLD "1152921505695125040"
#define NEW "1152921505697719189"

/* Bodies.  Of the Cloud Partner Portal (docs/apis.md): */

#define CPP_SUBMISSION(type, state, version)                                                       \
    "{\"id\":\"5a63deb5-925b-4ee0-938b-7c86fbf287c5\",\"offerId\":\"contoso-vm\","                 \
    "\"offerTypeId\":\"microsoft-azure-virtualmachines\",\"publisherId\":\"contoso\","             \
    "\"submissionType\":\"" type "\",\"submissionState\":\"" state                                 \
    "\",\"publishingVersion\":2,\"slot\":\"staging\",\"version\":" version                         \
    ",\"changedTime\":\"2018-03-26T21:46:01.179948Z\"}"
#define PUBLISHED CPP_SUBMISSION("publish", "succeeded", "636576975611768314")
#define WENT_LIVE CPP_SUBMISSION("golive", "succeeded", "636576975611768399")

/* of Partner Center (docs/apis.md): */

#define SUBMISSION(id, state, substate, published, update)                                         \
    "{\"resourceType\":\"Submission\",\"state\":\"" state "\",\"substate\":\"" substate            \
    "\",\"targets\":[{\"type\":\"Scope\",\"value\":\"Preview\"}],\"resources\":[],"                \
    "\"publishedTimeInUtc\":\"" published "\"," update                                             \
    "\"releaseNumber\":28,\"friendlyName\":\"Submission 28\",\"areResourcesReady\":true,"          \
    "\"id\":\"" id "\"}"
#define PENDING(type, status)                                                                      \
    "\"pendingUpdateInfo\":{\"updateType\":\"" type "\",\"status\":\"" status "\"},"
#define INGESTION(id, state, substate, type, status)                                               \
    SUBMISSION(id, state, substate, "1601-01-01T00:00:00Z", PENDING(type, status))
#define IN_STORE                                                                                   \
    SUBMISSION(OLD, "Published", "InStore", "2022-08-04T13:53:31.2590809Z",                        \
               PENDING("Create", "Completed"))
#define DRAFTED SUBMISSION("0", "InProgress", "InDraft", "1601-01-01T00:00:00Z", "")
#define INVALID                                                                                    \
    SUBMISSION(NEW, "InProgress", "InDraft", "1601-01-01T00:00:00Z",                               \
               "\"pendingUpdateInfo\":{\"updateType\":\"Create\",\"status\":\"Failed\","           \
               "\"href\":\"v1.0/ingestion/products/" GUID "/submissions/" NEW                      \
               "/validations\",\"failureReason\":\"Active validation errors\"},")
#define PUSH(target, state, steps)                                                                 \
    "{\"type\":\"Push\",\"state\":\"" state "\",\"targetEnvironment\":\"" target                   \
    "\",\"workflowSteps\":[" steps "],\"startDateTimeInUtc\":\"2022-08-04T10:37:37.4038218\"}"
#define PUSH_STEP(name, state)                                                                     \
    "{\"name\":\"" name "\",\"state\":\"" state                                                    \
    "\",\"startDateTimeInUtc\":\"2022-08-04T10:37:37.4038218\"}"
#define PUSHES_WAIT                                                                                \
    PUSH(                                                                                          \
        "Preview", "InProgress",                                                                   \
        PUSH_STEP("Preview Creation", "Success") "," PUSH_STEP("Publisher Signoff", "InProgress")) \
    "," PUSH("Live", "NotStarted", PUSH_STEP("Certification", "NotStarted"))
#define PUSHES_DONE                                                                                \
    PUSH("Preview", "Success", PUSH_STEP("Publisher Signoff", "Success"))                          \
    "," PUSH("Live", "Success", PUSH_STEP("Publish", "Success"))

/* and of the Product Ingestion API (docs/apis.md). */

#define ENTRY(id, target, more)                                                                    \
    "{\"$schema\":\"https://schema.mp.microsoft.com/schema/submission/2022-03-01-preview2\","      \
    "\"id\":\"submission/" GUID "/" id "\",\"product\":\"product/" GUID                            \
    "\",\"target\":{\"targetType\":\"" target "\"}" more "}"
#define DRAFT ENTRY("0", "draft", "")
#define GRAPH(id, target, status, result)                                                          \
    ENTRY(id, target,                                                                              \
          ",\"status\":\"" status "\",\"result\":\"" result                                        \
          "\",\"created\":\"2022-01-25T07:13:06.4408032Z\"")
#define ON_SALE                                                                                    \
    ENTRY(OLD, "live",                                                                             \
          ",\"status\":\"completed\",\"result\":\"succeeded\",\"lifecycleState\":"                 \
          "\"generallyAvailable\"")
#define STOPPING                                                                                   \
    ENTRY(NEW, "live",                                                                             \
          ",\"status\":\"running\",\"result\":\"pending\",\"lifecycleState\":\"deprecated\"")
#define STOPPED                                                                                    \
    ENTRY(OLD, "live",                                                                             \
          ",\"status\":\"completed\",\"result\":\"succeeded\",\"lifecycleState\":\"deprecated\"")

/* Why an API cannot know. */
#define NO_AZURE_APP "it does not support Azure applications (docs/apis.md)"
#define NO_DELISTING "no member of product or submission says so (docs/states.md)"
#define NO_CANCEL "a canceled publish leaves nothing to see in it (docs/states.md)"
#define DELETED "a submission is canceled by deleting it (docs/states.md)"
#define NO_WORD "docs/states.md leaves it open"
#define SLOTS_ALONE "its slots tell of a preview, not of a delisting (docs/states.md)"
#define READY_ALONE "it knows a preview by ReadyToPublish alone (docs/states.md)"
#define BLINDED "the best witness that reads the type cannot see it"

#define ENTRIES 4

/* What one API says of a story.  With `blind` it cannot know the truth: what it says then is what
 * it sees, and without a rule it cannot read the offer at all. */
struct sight {
    enum offer_state state;
    enum offer_live live;
    const char *rule, *blind;
};

struct story {
    const char *name;
    bool azure_app;
    struct {
        const char *status, *steps; /* a letter each: complete, inProgress, (n)otStarted, rejected,
                                     * blocked, (w)aitingForPublisherReview, (x) canceled */
        long production, preview;   /* status of its slots */
        const char *submissions[ENTRIES];
    } cpp;
    struct {
        const char *submissions[ENTRIES], *pushes;
    } ingestion;
    struct {
        const char *entries[ENTRIES], *lifecycle; /* of the product, or NULL */
    } graph;
    enum offer_state state; /* the page's answer */
    enum offer_live live, or_live;
    struct sight by_cpp, by_ingestion, by_graph, merged;
};

static const struct story stories[] = {
    { "created, never published",
      false,
      { "neverPublished", "", 404, 404, { NULL } },
      { { NULL }, NULL },
      { { DRAFT }, NULL },
      STATE_NONE,
      LIVE_NO,
      0,
      { STATE_NONE, LIVE_NO, "cpp-8", NULL },
      { STATE_NONE, LIVE_NO, "ingestion-13", NULL },
      { STATE_NONE, LIVE_NO, "graph-G8", NULL },
      { STATE_NONE, LIVE_NO, "graph-G8", NULL } },
    { "created, never published: the draft is listed, the other draft not",
      false,
      { "notStarted", "nnnnn", 404, 404, { NULL } },
      { { DRAFTED }, NULL },
      { { NULL }, NULL },
      STATE_NONE,
      LIVE_NO,
      0,
      { STATE_NONE, LIVE_NO, "cpp-8", NULL },
      { STATE_NONE, LIVE_NO, "ingestion-11", NULL },
      { STATE_NONE, LIVE_NO, "graph-G8", NULL },
      { STATE_NONE, LIVE_NO, "graph-G8", NULL } },
    { "first publish running: created",
      false,
      { "running", "nnnnn", 404, 404, { NULL } },
      { { INGESTION(NEW, "InProgress", "InDraft", "Create", "Running") }, NULL },
      { { DRAFT, GRAPH(NEW, "preview", "running", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_NO,
      0,
      { STATE_IN_PROGRESS, LIVE_NO, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "ingestion-7", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL } },
    { "first publish running: submitted",
      false,
      { "running", "innnn", 404, 404, { NULL } },
      { { INGESTION(NEW, "InProgress", "Submitted", "Create", "Completed") }, NULL },
      { { DRAFT, GRAPH(NEW, "preview", "notStarted", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_NO,
      0,
      { STATE_IN_PROGRESS, LIVE_NO, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "ingestion-10", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL } },
    { "validation stopped it at once",
      false,
      { "failed", "rnnnn", 404, 404, { NULL } },
      { { INVALID }, NULL },
      { { DRAFT, GRAPH(NEW, "preview", "completed", "failed") }, NULL },
      STATE_FAILED,
      LIVE_NO,
      0,
      { STATE_FAILED, LIVE_NO, "cpp-5", NULL },
      { STATE_FAILED, LIVE_NO, "ingestion-2", NULL },
      { STATE_FAILED, LIVE_NO, "graph-G2", NULL },
      { STATE_FAILED, LIVE_NO, "graph-G2", NULL } },
    { "certification failed",
      false,
      { "failed", "rnnnn", 404, 404, { NULL } },
      { { INGESTION(NEW, "InProgress", "Failed", "Create", "Completed") }, NULL },
      { { DRAFT, GRAPH(NEW, "preview", "completed", "failed") }, NULL },
      STATE_FAILED,
      LIVE_NO,
      0,
      { STATE_FAILED, LIVE_NO, "cpp-5", NULL },
      { STATE_FAILED, LIVE_NO, "ingestion-3", NULL },
      { STATE_FAILED, LIVE_NO, "graph-G2", NULL },
      { STATE_FAILED, LIVE_NO, "graph-G2", NULL } },
    { "certification failed: an Azure application, canceled by Microsoft",
      true,
      { "canceled", "crnnn", 404, 404, { NULL } },
      { { INGESTION(NEW, "InProgress", "FailedInCertification", "Create", "Completed") }, NULL },
      { { NULL }, NULL },
      STATE_FAILED,
      LIVE_NO,
      0,
      { STATE_FAILED, LIVE_NO, "cpp-6", NULL },
      { STATE_FAILED, LIVE_NO, "ingestion-3", NULL },
      { STATE_UNKNOWN, LIVE_UNKNOWN, NULL, NO_AZURE_APP },
      { STATE_FAILED, LIVE_NO, "ingestion-3", NULL } },
    { "waits for go-live, first time",
      false,
      { "running", "cccwn", 404, 200, { NULL } },
      { { INGESTION(NEW, "Published", "ReadyToPublish", "Create", "Completed") }, PUSHES_WAIT },
      { { DRAFT, GRAPH(NEW, "preview", "completed", "succeeded") }, NULL },
      STATE_PENDING_SIGNOFF,
      LIVE_PREVIEW,
      0,
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "cpp-2", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "ingestion-6", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "graph-G4", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "graph-G4", NULL } },
    { "waits for go-live, first time: the status itself says so",
      false,
      { "waitingForPublisherReview", "cccwn", 404, 200, { NULL } },
      { { INGESTION(NEW, "Published", "ReadyToPublish", "Create", "Completed") }, NULL },
      { { GRAPH(NEW, "preview", "completed", "succeeded") }, NULL },
      STATE_PENDING_SIGNOFF,
      LIVE_PREVIEW,
      0,
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "cpp-1", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "ingestion-6", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "graph-G4", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "graph-G4", NULL } },
    { "going live, first time",
      false,
      { "running", "cccci", 404, 200, { NULL } },
      { { INGESTION(NEW, "Published", "Publishing", "Create", "Completed") }, NULL },
      { { DRAFT, GRAPH(NEW, "live", "running", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_NO,
      LIVE_PREVIEW,
      { STATE_IN_PROGRESS, LIVE_PREVIEW, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "ingestion-8", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL } },
    { "going live, first time: promoted, the preview still listed",
      false,
      { "running", "cccci", 404, 404, { NULL } },
      { { INGESTION(NEW, "Published", "ReadyToPublish", "Promote", "Running") }, NULL },
      { { DRAFT, GRAPH(NEW, "preview", "completed", "succeeded"),
          GRAPH(NEW, "live", "running", "pending") },
        NULL },
      STATE_IN_PROGRESS,
      LIVE_NO,
      LIVE_PREVIEW,
      { STATE_IN_PROGRESS, LIVE_NO, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_PREVIEW, "ingestion-5", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL } },
    { "live, idle",
      false,
      { "succeeded", "ccccc", 200, 404, { PUBLISHED, WENT_LIVE } },
      { { IN_STORE }, PUSHES_DONE },
      { { DRAFT, ON_SALE }, NULL },
      STATE_NONE,
      LIVE_YES,
      0,
      { STATE_NONE, LIVE_YES, "cpp-10", NULL },
      { STATE_NONE, LIVE_YES, "ingestion-12", NULL },
      { STATE_NONE, LIVE_YES, "graph-G7", NULL },
      { STATE_NONE, LIVE_YES, "graph-G7", NULL } },
    { "live, idle: its preview has the same id",
      false,
      { "succeeded", "cnnnc", 200, 200, { PUBLISHED, WENT_LIVE } },
      { { IN_STORE }, NULL },
      { { DRAFT, GRAPH(OLD, "preview", "completed", "succeeded"), ON_SALE }, "generallyAvailable" },
      STATE_NONE,
      LIVE_YES,
      0,
      { STATE_NONE, LIVE_YES, "cpp-10", NULL },
      { STATE_NONE, LIVE_YES, "ingestion-12", NULL },
      { STATE_NONE, LIVE_YES, "graph-G7", NULL },
      { STATE_NONE, LIVE_YES, "graph-G7", NULL } },
    { "live, update running",
      false,
      { "running", "innnn", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "Submitted", "Create", "Completed") }, NULL },
      { { DRAFT, ON_SALE, GRAPH(NEW, "preview", "running", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_YES,
      0,
      { STATE_IN_PROGRESS, LIVE_YES, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "ingestion-10", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL } },
    { "live, update failed",
      false,
      { "failed", "rnnnn", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "Failed", "Create", "Completed") }, NULL },
      { { DRAFT, ON_SALE, GRAPH(NEW, "preview", "completed", "failed") }, NULL },
      STATE_FAILED,
      LIVE_YES,
      0,
      { STATE_FAILED, LIVE_YES, "cpp-5", NULL },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL },
      { STATE_FAILED, LIVE_YES, "graph-G2", NULL },
      { STATE_FAILED, LIVE_YES, "graph-G2", NULL } },
    { "live, update canceled: a trace is left",
      false,
      { "canceled", "xnnnn", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "Cancelled", "Create", "Completed") }, NULL },
      { { DRAFT, ON_SALE }, NULL },
      STATE_CANCELED,
      LIVE_YES,
      0,
      { STATE_CANCELED, LIVE_YES, "cpp-7", NULL },
      { STATE_CANCELED, LIVE_YES, "ingestion-1", NULL },
      { STATE_NONE, LIVE_YES, "graph-G7", NO_CANCEL },
      { STATE_CANCELED, LIVE_YES, "ingestion-1", NULL } },
    { "live, update canceled: nothing is left but in the old portal",
      false,
      { "canceled", "xnnnn", 200, 404, { NULL } },
      { { IN_STORE }, NULL },
      { { DRAFT, ON_SALE }, NULL },
      STATE_CANCELED,
      LIVE_YES,
      0,
      { STATE_CANCELED, LIVE_YES, "cpp-7", NULL },
      { STATE_NONE, LIVE_YES, "ingestion-12", DELETED },
      { STATE_NONE, LIVE_YES, "graph-G7", NO_CANCEL },
      { STATE_CANCELED, LIVE_YES, "cpp-7", NULL } },
    { "live, update waits for go-live",
      false,
      { "running", "cccwn", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "Published", "ReadyToPublish", "Create", "Completed") },
        PUSHES_WAIT },
      { { DRAFT, ON_SALE, GRAPH(NEW, "preview", "completed", "succeeded") }, NULL },
      STATE_PENDING_SIGNOFF,
      LIVE_YES,
      0,
      { STATE_PENDING_SIGNOFF, LIVE_YES, "cpp-2", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_YES, "ingestion-6", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_YES, "graph-G4", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_YES, "graph-G4", NULL } },
    { "live, go-live of update running",
      false,
      { "running", "cccci", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "Published", "Publishing", "Create", "Completed") }, NULL },
      { { DRAFT, ON_SALE, GRAPH(NEW, "live", "running", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_YES,
      0,
      { STATE_IN_PROGRESS, LIVE_YES, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "ingestion-8", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL } },
    { "live, go-live of update failed",
      false,
      { "failed", "ccccr", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "Failed", "Promote", "Completed") }, NULL },
      { { DRAFT, ON_SALE, GRAPH(NEW, "live", "completed", "failed") }, NULL },
      STATE_FAILED,
      LIVE_YES,
      0,
      { STATE_FAILED, LIVE_YES, "cpp-5", NULL },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL },
      { STATE_FAILED, LIVE_YES, "graph-G2", NULL },
      { STATE_FAILED, LIVE_YES, "graph-G2", NULL } },
    { "stop distribution pressed, not done",
      false,
      { "succeeded", "ccccc", 200, 404, { PUBLISHED, WENT_LIVE } },
      { { IN_STORE }, PUSHES_DONE },
      { { DRAFT, STOPPING }, NULL },
      STATE_IN_PROGRESS,
      LIVE_YES,
      0,
      { STATE_NONE, LIVE_YES, "cpp-10", NO_WORD },
      { STATE_NONE, LIVE_YES, "ingestion-12", NO_WORD },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL } },
    { "stop distribution pressed, not done: the old entry is still listed",
      false,
      { "succeeded", "ccccc", 200, 404, { PUBLISHED, WENT_LIVE } },
      { { IN_STORE }, PUSHES_DONE },
      { { DRAFT, ON_SALE, STOPPING }, NULL },
      STATE_IN_PROGRESS,
      LIVE_YES,
      0,
      { STATE_NONE, LIVE_YES, "cpp-10", NO_WORD },
      { STATE_NONE, LIVE_YES, "ingestion-12", NO_WORD },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "graph-G1", NULL } },
    { "delisted",
      false,
      { "succeeded", "ccccc", 404, 404, { PUBLISHED, WENT_LIVE } },
      { { IN_STORE }, PUSHES_DONE },
      { { DRAFT, STOPPED }, NULL },
      STATE_DELISTED,
      LIVE_NO,
      0,
      { STATE_DELISTED, LIVE_NO, "cpp-11", NULL },
      { STATE_NONE, LIVE_YES, "ingestion-12", NO_DELISTING },
      { STATE_DELISTED, LIVE_NO, "graph-G6", NULL },
      { STATE_DELISTED, LIVE_NO, "graph-G6", NULL } },
    { "delisted: the product says so, too",
      false,
      { "succeeded", "ccccc", 404, 404, { WENT_LIVE, PUBLISHED } },
      { { IN_STORE }, NULL },
      { { DRAFT, STOPPED, GRAPH(OLD, "preview", "completed", "succeeded") }, "deprecated" },
      STATE_DELISTED,
      LIVE_NO,
      0,
      { STATE_DELISTED, LIVE_NO, "cpp-11", NULL },
      { STATE_NONE, LIVE_YES, "ingestion-12", NO_DELISTING },
      { STATE_DELISTED, LIVE_NO, "graph-G6", NULL },
      { STATE_DELISTED, LIVE_NO, "graph-G6", NULL } },
    { "delisted, being brought back",
      false,
      { "running", "innnn", 404, 404, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "Submitted", "Create", "Completed") }, NULL },
      { { DRAFT, STOPPED, GRAPH(NEW, "preview", "running", "pending") }, NULL },
      STATE_IN_PROGRESS,
      LIVE_NO,
      0,
      { STATE_IN_PROGRESS, LIVE_NO, "cpp-4", NULL },
      { STATE_IN_PROGRESS, LIVE_YES, "ingestion-10", NO_DELISTING },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL },
      { STATE_IN_PROGRESS, LIVE_NO, "graph-G1", NULL } },
    { "delisted, new preview ready",
      false,
      { "running", "cccwn", 404, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "Published", "ReadyToPublish", "Create", "Completed") },
        PUSHES_WAIT },
      { { DRAFT, STOPPED, GRAPH(NEW, "preview", "completed", "succeeded") }, NULL },
      STATE_PENDING_SIGNOFF,
      LIVE_NO,
      0,
      { STATE_PENDING_SIGNOFF, LIVE_PREVIEW, "cpp-2", SLOTS_ALONE },
      { STATE_PENDING_SIGNOFF, LIVE_YES, "ingestion-6", NO_DELISTING },
      { STATE_PENDING_SIGNOFF, LIVE_NO, "graph-G4", NULL },
      { STATE_PENDING_SIGNOFF, LIVE_NO, "graph-G4", NULL } },
    { "Microsoft found a critical issue in the review after sign-off, first time",
      true,
      { "canceled", "ccccr", 404, 200, { NULL } },
      { { INGESTION(NEW, "InProgress", "FailedInCertification", "Create", "Completed") }, NULL },
      { { NULL }, NULL },
      STATE_FAILED,
      LIVE_PREVIEW,
      0,
      { STATE_FAILED, LIVE_PREVIEW, "cpp-6", NULL },
      { STATE_FAILED, LIVE_NO, "ingestion-3", READY_ALONE },
      { STATE_UNKNOWN, LIVE_UNKNOWN, NULL, NO_AZURE_APP },
      { STATE_FAILED, LIVE_NO, "ingestion-3", BLINDED } },
    { "Microsoft found a critical issue in the review after sign-off of an update",
      true,
      { "failed", "ccccr", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "FailedInCertification", "Create", "Completed") },
        NULL },
      { { NULL }, NULL },
      STATE_FAILED,
      LIVE_YES,
      0,
      { STATE_FAILED, LIVE_YES, "cpp-5", NULL },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL },
      { STATE_UNKNOWN, LIVE_UNKNOWN, NULL, NO_AZURE_APP },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL } },
    { "Microsoft found a critical issue in the review after sign-off, the step is blocked",
      true,
      { "failed", "ccccb", 200, 200, { NULL } },
      { { IN_STORE, INGESTION(NEW, "InProgress", "FailedInCertification", "Create", "Completed") },
        NULL },
      { { NULL }, NULL },
      STATE_FAILED,
      LIVE_YES,
      0,
      { STATE_FAILED, LIVE_YES, "cpp-5", NULL },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL },
      { STATE_UNKNOWN, LIVE_UNKNOWN, NULL, NO_AZURE_APP },
      { STATE_FAILED, LIVE_YES, "ingestion-3", NULL } },
};

/* Telling a story. */

/* No list's order is to be trusted (docs/states.md): the texts from `turn` on, around. */
#define TURNS (2 * ENTRIES)

static const char *list_of(struct read_bench *b, const char *const texts[ENTRIES], size_t turn)
{
    const char *list = "";

    for (size_t i = 0; i < ENTRIES; i++) {
        size_t at = (i + turn) % ENTRIES;
        const char *text = texts[turn < ENTRIES ? at : ENTRIES - 1 - at];
        if (text != NULL) {
            list = read_bench_text(b, "%s%s%s", list, *list != '\0' ? "," : "", text);
        }
    }
    return list;
}

static const char *step_word(char letter)
{
    static const struct {
        char letter;
        const char *word;
    } words[] = {
        { 'b', "blocked" },    { 'c', "complete" }, { 'i', "inProgress" },
        { 'n', "notStarted" }, { 'r', "rejected" }, { 'w', "waitingForPublisherReview" },
        { 'x', "canceled" },
    };

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i].letter == letter) {
            return words[i].word;
        }
    }
    fail_msg("no step status %c", letter);
    return NULL;
}

/* Steps of a virtual machine; progress means nothing (D-status).  What hinders has a message. */
static const char *steps_of(struct read_bench *b, const char *letters)
{
    static const struct {
        const char *id, *name;
    } steps[] = {
        { "displaycertify", "Certification" },
        { "displayprovision", "Provisioning" },
        { "displaypackage", "Packaging and Lead Generation Registration" },
        { "publisher-signoff", "Publisher signoff" },
        { "live", "Live" },
    };
    const char *list = "";

    for (size_t i = 0; letters[i] != '\0'; i++) {
        bool hinders = letters[i] == 'r' || letters[i] == 'b';
        list = read_bench_text(
            b,
            "%s%s{\"estimatedTimeFrame\":\"\",\"id\":\"%s\",\"stepName\":\"%s\","
            "\"description\":\"\",\"status\":\"%s\",\"messages\":[%s],\"progressPercentage\":0}",
            list, i > 0 ? "," : "", steps[i].id, steps[i].name, step_word(letters[i]),
            hinders
                ? "{\"messageHtml\":\"See <a href=\\\"https://dev.azure.com/item/42\\\">item "
                  "42</a>.\",\"level\":\"error\",\"timestamp\":\"2018-03-16T17:50:45.7215661Z\"}"
                : "");
    }
    return list;
}

static void tell_cpp(struct read_bench *b, const struct story *s, size_t turn)
{
    static const char slot[] = "{\"offerTypeId\":\"microsoft-azure-virtualmachines\","
                               "\"publisherId\":\"contoso\",\"id\":\"contoso-vm\",\"version\":9}";
    static const char nothing[] = "{\"error\":{\"code\":\"NotFound\",\"message\":\"\"}}";

    read_bench_script(
        b, "/contoso/offers?", 200,
        read_bench_text(b,
                        "[{\"offerTypeId\":\"%s\",\"publisherId\":\"contoso\",\"status\":\"%s\","
                        "\"pcMigrationStatus\":\"migrated\",\"id\":\"contoso-vm\",\"version\":9,"
                        "\"definition\":{\"displayText\":\"Contoso VM\"},"
                        "\"changedTime\":\"2022-08-05T12:25:56.651\"}]",
                        s->azure_app ? "microsoft-azure-applications"
                                     : "microsoft-azure-virtualmachines",
                        s->cpp.status));
    read_bench_script(b, "/contoso-vm/status?", 200,
                      read_bench_text(b,
                                      "{\"status\":\"%s\",\"messages\":[],\"steps\":[%s],"
                                      "\"previewLinks\":[],\"liveLinks\":[]}",
                                      s->cpp.status, steps_of(b, s->cpp.steps)));
    read_bench_script(b, "/contoso-vm/slot/production?", s->cpp.production,
                      s->cpp.production == 200 ? slot : nothing);
    read_bench_script(b, "/contoso-vm/slot/preview?", s->cpp.preview,
                      s->cpp.preview == 200 ? slot : nothing);
    read_bench_script(b, "/contoso-vm/submissions/?", 200,
                      read_bench_text(b, "[%s]", list_of(b, s->cpp.submissions, turn)));
}

static void tell_ingestion(struct read_bench *b, const struct story *s, size_t turn)
{
    read_bench_script(b, "/submissions/" NEW "/validations", 200,
                      "{\"value\":[{\"errorCode\":\"Resell-20007\",\"severity\":\"Error\","
                      "\"message\":\"ResellerConfiguration module is missing..\","
                      "\"resource\":\"Resell\"}]}");
    read_bench_script(b, "/workflowdetails", 200,
                      read_bench_text(b, "{\"value\":[%s]}",
                                      s->ingestion.pushes != NULL ? s->ingestion.pushes : ""));
    read_bench_script(
        b, "/ingestion/products/" GUID "/submissions", 200,
        read_bench_text(b, "{\"value\":[%s]}", list_of(b, s->ingestion.submissions, turn)));
    read_bench_script(
        b, "/ingestion/products", 200,
        read_bench_text(b,
                        "{\"value\":[{\"resourceType\":\"%s\",\"name\":\"Contoso VM\","
                        "\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"contoso-vm\"}],"
                        "\"isModularPublishing\":true,\"id\":\"" GUID "\"}]}",
                        s->azure_app ? "AzureApplication" : "AzureThirdPartyVirtualMachine"));
}

static void tell_graph(struct read_bench *b, const struct story *s, size_t turn)
{
    if (s->azure_app) {
        read_bench_script(b, "/product-ingestion/", 400,
                          "{\"error\":{\"code\":\"badRequest\",\"message\":\"Type AzureApplication "
                          "is not supported\"}}");
        return;
    }
    read_bench_script(b, "/product-ingestion/submission/" GUID "?", 200,
                      read_bench_text(b, "{\"value\":[%s]}", list_of(b, s->graph.entries, turn)));
    read_bench_script(
        b, "/product-ingestion/product?", 200,
        read_bench_text(b,
                        "{\"value\":[{\"$schema\":\"https://schema.mp.microsoft.com/schema/product/"
                        "2022-07-01\",\"id\":\"product/" GUID
                        "\",\"identity\":{\"externalId\":\"contoso-vm\"},"
                        "\"type\":\"azureVirtualMachine\",\"alias\":\"Contoso VM\"%s%s%s}]}",
                        s->graph.lifecycle != NULL ? ",\"lifecycleState\":\"" : "",
                        s->graph.lifecycle != NULL ? s->graph.lifecycle : "",
                        s->graph.lifecycle != NULL ? "\"" : ""));
}

/* Hearing it. */

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* 1 and a line for the row that differs. */
static int differs(const struct read_bench *b, const struct story *s, const char *apis,
                   const struct sight *want)
{
    const struct offer *o = b->offer_count == 1 ? b->offers[0] : NULL;

    if (want->rule == NULL && o == NULL) {
        return 0;
    }
    if (o != NULL && b->problem_count == 0 && o->state == want->state && o->live == want->live &&
        same_text(o->rule, want->rule)) {
        return 0;
    }
    print_error(
        "%s, api %s, depth %d: found %s, live %s, rule %s; expected %s, live %s, rule %s\n%s",
        s->name, apis, (int)b->query.depth, o != NULL ? state_token(o->state) : "nothing",
        o != NULL ? live_token(o->live) : "-", o != NULL && o->rule ? o->rule : "none",
        state_token(want->state), live_token(want->live), want->rule ? want->rule : "none",
        strbuf_text(&b->log));
    return 1;
}

static void tell_all(struct read_bench *b, const struct story *s, size_t turn)
{
    read_bench_renew(b);
    tell_cpp(b, s, turn);
    tell_ingestion(b, s, turn);
    tell_graph(b, s, turn);
}

static int hear(struct read_bench *b, const struct story *s, const char *apis,
                const struct sight *want)
{
    int failures = 0;

    for (size_t turn = 0; turn < TURNS; turn++) {
        for (enum read_depth depth = DEPTH_STATE; depth <= DEPTH_STEPS; depth++) {
            tell_all(b, s, turn);
            if (s->azure_app && strchr(apis, ' ') != NULL) { /* the list is there, without it */
                b->net.answers[b->net.answer_count - 1].path = "/submission/";
                read_bench_script(b, "/product?", 200, "{\"value\":[]}");
            }
            read_bench_read(b, apis, depth);
            assert_int_equal(b->rc, 0);
            failures += differs(b, s, apis, want);
        }
    }
    return failures;
}

/* The table itself: who is not blind says what the page says. */
static int is_honest(const struct story *s, const char *api, const struct sight *said)
{
    bool live_fits = said->live == s->live || (s->or_live != 0 && said->live == s->or_live);

    if (said->blind != NULL || (said->state == s->state && live_fits)) {
        return 0;
    }
    print_error("%s, api %s: is expected to see %s, live %s\n", s->name, api, state_token(s->state),
                live_token(s->live));
    return 1;
}

static void every_api_says_what_it_can_know(void **state)
{
    struct read_bench *b = *state;
    int failures = 0;

    for (size_t i = 0; i < COUNT_OF(stories); i++) {
        const struct story *s = &stories[i];
        failures += is_honest(s, "cpp", &s->by_cpp) + hear(b, s, "cpp", &s->by_cpp);
        failures +=
            is_honest(s, "ingestion", &s->by_ingestion) + hear(b, s, "ingestion", &s->by_ingestion);
        failures += is_honest(s, "graph", &s->by_graph) + hear(b, s, "graph", &s->by_graph);
    }
    assert_int_equal(failures, 0);
}

static void all_together_say_the_truth(void **state)
{
    static const char *const orders[] = { "cpp ingestion graph", "graph ingestion cpp",
                                          "ingestion graph cpp" };
    struct read_bench *b = *state;
    int failures = 0;

    for (size_t i = 0; i < COUNT_OF(stories); i++) {
        failures += is_honest(&stories[i], "all", &stories[i].merged);
        for (size_t j = 0; j < COUNT_OF(orders); j++) {
            failures += hear(b, &stories[i], orders[j], &stories[i].merged);
        }
    }
    assert_int_equal(failures, 0);
}

static void merged_record_names_its_sources_the_best_witness_first(void **state)
{
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(stories); i++) {
        const struct story *s = &stories[i];
        const struct {
            const char *api;
            const struct sight *said;
        } want[] = { { "graph", &s->by_graph },
                     { "ingestion", &s->by_ingestion },
                     { "cpp", &s->by_cpp } };
        const struct offer *o;
        size_t at = 0;

        tell_all(b, s, 0);
        read_bench_read(b, "cpp ingestion graph", DEPTH_STATE);
        o = read_bench_offer(b, 0);
        assert_null(o->api);
        for (size_t j = 0; j < COUNT_OF(want); j++) {
            if (want[j].said->rule == NULL) { /* it has not read the offer */
                continue;
            }
            assert_true(at < o->source_count);
            assert_string_equal(o->sources[at].api, want[j].api);
            assert_string_equal(o->sources[at].rule, want[j].said->rule);
            assert_int_equal(o->sources[at].state, want[j].said->state);
            assert_int_equal(o->sources[at].live, want[j].said->live);
            assert_int_not_equal(o->sources[at].basis, BASIS_NONE);
            at++;
        }
        assert_int_equal(o->source_count, at);
    }
}

static const struct story *story_of(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(stories); i++) {
        if (strcmp(stories[i].name, name) == 0) {
            return &stories[i];
        }
    }
    fail_msg("no story \"%s\"", name);
    return NULL;
}

/* Where it is not visible, the answer is "-" (docs/states.md). */
static void update_canceled_without_a_trace_rests(void **state)
{
    struct read_bench *b = *state;
    const struct story *s =
        story_of("live, update canceled: nothing is left but in the old portal");
    const struct sight rests = { STATE_NONE, LIVE_YES, "graph-G7", NULL };

    assert_int_equal(hear(b, s, "ingestion graph", &rests), 0);
}

static void stop_that_is_not_done_is_noted(void **state)
{
    struct read_bench *b = *state;

    tell_all(b, story_of("stop distribution pressed, not done"), 0);
    read_bench_read(b, "cpp ingestion graph", DEPTH_STATE);
    assert_true(has_note(read_bench_offer(b, 0), false, "stop distribution pending"));
}

static void what_stopped_it_is_told(void **state)
{
    struct read_bench *b = *state;
    const struct offer *o;

    tell_all(b, story_of("validation stopped it at once"), 0);
    read_bench_read(b, "ingestion", DEPTH_STEPS);
    o = read_bench_offer(b, 0);
    assert_int_equal(o->message_count, 1);
    assert_non_null(strstr(o->messages[0].text, "ResellerConfiguration module is missing"));
    assert_int_equal(o->messages[0].level, LEVEL_ERROR);

    tell_all(b,
             story_of("Microsoft found a critical issue in the review after sign-off of an update"),
             0);
    read_bench_read(b, "cpp ingestion", DEPTH_STEPS);
    o = read_bench_offer(b, 0);
    assert_int_equal(o->step_count, 5);
    assert_int_equal(o->steps[4].message_count, 1);
    assert_string_equal(o->steps[4].messages[0].links[0].href, "https://dev.azure.com/item/42");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_api_says_what_it_can_know),
        CASE(all_together_say_the_truth),
        CASE(merged_record_names_its_sources_the_best_witness_first),
        CASE(update_canceled_without_a_trace_rests),
        CASE(stop_that_is_not_done_is_noted),
        CASE(what_stopped_it_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
