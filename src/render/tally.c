/* tally.c - how many offers are in which state, the ones to look at first. */
#include "tally.h"

#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "fields.h"

#include <string.h>

static const enum offer_state order[STATE_COUNT] = {
    STATE_FAILED,   STATE_UNKNOWN, STATE_PENDING_SIGNOFF, STATE_IN_PROGRESS, STATE_CANCELED,
    STATE_DELISTED, STATE_NONE,
};

/* The label of STATE_NONE is "-", and "10 -" would be hard to read. */
static const char *label_of(enum offer_state state)
{
    return state == STATE_NONE ? _("with nothing under way") : state_label(state);
}

static size_t count_not_found(const struct report *report)
{
    size_t count = 0;

    for (size_t i = 0; i < report->problem_count; i++) {
        if (report->problems[i].code == ERR_NOT_FOUND) {
            count++;
        }
    }
    return count;
}

size_t tally_put_part(struct render *r, size_t used, const char *sign, const char *color,
                      const char *text)
{
    if (r->options.width > 0 && used + strlen(sign) + width_of(text) >= r->options.width) {
        strbuf_printf(&r->text, "%.1s\n  ", sign); /* without the blank of ", " */
        used = 2;
        sign = "";
    }
    render_put_raw(r, sign);
    if (color != NULL) {
        render_put_colored(r, color, text);
    } else {
        render_put_raw(r, text);
    }
    return used + strlen(sign) + width_of(text);
}

size_t tally_put_further(struct render *r, size_t used, const char *text)
{
    static const char sign[] = ", ";
    size_t len = sizeof(sign) - 1;

    if (strncmp(text, sign, len) != 0) {
        return tally_put_part(r, used, "", NULL, text);
    }
    return tally_put_part(r, used, sign, NULL, text + len);
}

size_t tally_put_unread(struct render *r, const struct report *report, size_t used)
{
    size_t not_found = count_not_found(report);
    char text[160];

    if (report->unread > 0) {
        snprintf(text, sizeof(text), _(", %zu could not be read"), report->unread);
        used = tally_put_further(r, used, text);
    }
    if (report->broken_lists > 0) {
        snprintf(text, sizeof(text),
                 translate_count(", %zu list could not be read whole",
                                 ", %zu lists could not be read whole", report->broken_lists),
                 report->broken_lists);
        used = tally_put_further(r, used, text);
    }
    if (report->unread == 0 && report->broken_lists == 0 && report->problem_count > not_found) {
        /* of offers that were read: their steps, or whether they are live */
        used = tally_put_further(r, used, _(", not everything could be read"));
    }
    if (not_found > 0 && report->total > 0) { /* else it may be that there are no offers at all */
        snprintf(text, sizeof(text), _(", %zu not found"), not_found);
        used = tally_put_further(r, used, text);
    }
    return used;
}

void tally_put(struct render *r, const struct report *report, const char *sign, size_t used)
{
    for (size_t i = 0; i < STATE_COUNT; i++) {
        enum offer_state state = order[i];
        char part[96];
        if (report->counts[state] == 0) {
            continue;
        }
        /* TRANSLATORS: a number of offers and their state: "2 Publish failed" */
        snprintf(part, sizeof(part), _("%zu %s"), report->counts[state], label_of(state));
        used = tally_put_part(r, used, sign, field_state_color(state), part);
        sign = ", ";
    }
    render_put_raw(r, "\n");
}

void tally_put_whole(struct render *r, const struct report *report)
{
    char total[128];
    size_t used;

    if (report->unread > 0) {
        snprintf(total, sizeof(total), _("%zu of %zu offers read"), report->read,
                 report->read + report->unread);
    } else if (report->matching > report->total) {
        snprintf(total, sizeof(total), _("%zu of %zu offers"), report->total, report->matching);
    } else if (report->limited && report->total == 1) {
        snprintf(total, sizeof(total), "%s", _("the first offer"));
    } else if (report->limited) {
        snprintf(total, sizeof(total), _("the first %zu offers"), report->total);
    } else {
        snprintf(total, sizeof(total), translate_count("%zu offer", "%zu offers", report->total),
                 report->total);
    }
    render_put_raw(r, total);
    used = tally_put_unread(r, report, width_of(total));
    tally_put(r, report, ": ", used);
}

void tally_put_shown(struct render *r, const struct report *report)
{
    char shown[128];

    if (report->unread > 0) {
        snprintf(shown, sizeof(shown), _("%zu of %zu offers shown"), report->total,
                 report->total + report->unread);
    } else {
        snprintf(shown, sizeof(shown),
                 translate_count("%zu offer shown", "%zu offers shown", report->total),
                 report->total);
    }
    render_put_raw(r, shown);
    tally_put_unread(r, report, width_of(shown));
    render_put_raw(r, "\n");
}
