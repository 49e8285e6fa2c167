/* sample.c - an offer with everything in it. */
#include "sample.h"

static const struct link links[] = { { "item 42", "https://example.com/42" },
                                     { "https://example.com/x", "https://example.com/x" } };
static const struct message done[] = { { LEVEL_INFORMATION, "Step completed.", NULL, NULL, 0 } };
static const struct message bad[] = {
    { LEVEL_ERROR, "See item 42.\nThen try again.", "2026-01-02T03:04:05.1234567Z", links, 2 },
    { LEVEL_WARNING, "A warning.", NULL, NULL, 0 },
};
static const struct step steps[] = {
    { "validate", "Validate", "Settings are checked", STEP_COMPLETE, "complete", 100, NULL, NULL,
      "2026-01-01T00:00:00Z", done, 1 },
    { "certify", "Certification", NULL, STEP_REJECTED, "rejected", 0, "~2-3 days", NULL, NULL, bad,
      2 },
    { "live", NULL, NULL, STEP_NOT_STARTED, "notStarted", -1, "< 1 day", NULL, NULL, NULL, 0 },
};
static const struct note notes[] = { { .warning = false, .text = "a note" } };
static const struct offer offer = {
    .id = "contoso-vm",
    .name = "Contoso VM",
    .type = "microsoft-azure-virtualmachines",
    .publisher = "contoso",
    .raw_status = "failed",
    .version = "9",
    .changed_at = "2026-01-02T03:04:05.651Z",
    .product_id = "1a2b3c4d-0000-4000-8000-00000000abcd",
    .rule = "cpp-5",
    .state = STATE_FAILED,
    .live = LIVE_YES,
    .action = ACTION_FIX,
    .basis = BASIS_DOCUMENTED,
    .steps_known = true,
    .steps = steps,
    .step_count = 3,
    .notes = notes,
    .note_count = 1,
};

const struct offer *sample_offer(void)
{
    return &offer;
}

void sample_report(struct report *r)
{
    *r = (struct report)REPORT_INIT;
    r->generated_ms = INT64_C(1767322800000); /* 2026-01-02T03:00:00Z */
    r->api = "cpp";
    offer_list_add(&r->offers, &offer);
    report_count(r, &offer);
}
