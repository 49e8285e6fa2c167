/* duration_fields.c - the fields of durations of publishes and their steps. */
#include "duration_fields.h"

#include "offerstat/durations.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include "json_value.h"

#include <inttypes.h>

#define LEVELS 8 /* heights of a character of the spread */

static void text_type(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct durations *d = record;

    if (d->type != NULL && !options->tokens) {
        strbuf_puts(out, offer_type_title(d->type));
    } else if (d->type != NULL) {
        strbuf_puts(out, d->type);
    }
}

static void json_type(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct durations *)record)->type);
}

static const char *scope_of(const struct durations *d)
{
    return d->index == 0 ? "publish" : "step";
}

static void text_scope(struct strbuf *out, const void *record, const struct render_options *options)
{
    (void)options;
    strbuf_puts(out, scope_of(record));
}

static void json_scope(struct strbuf *out, const void *record)
{
    json_put_text(out, scope_of(record));
}

static void text_step(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct durations *d = record;

    if (d->step_name != NULL) {
        strbuf_puts(out, d->step_name);
    } else if (d->index > 0) {
        strbuf_puts(out, d->step_id);
    } else if (!options->tokens) {
        strbuf_puts(out, _("the whole publish"));
    }
}

static void json_step(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct durations *)record)->step_name);
}

static void text_step_id(struct strbuf *out, const void *record,
                         const struct render_options *options)
{
    const struct durations *d = record;

    (void)options;
    strbuf_puts(out, d->step_id != NULL ? d->step_id : "");
}

static void json_step_id(struct strbuf *out, const void *record)
{
    json_put_text(out, ((const struct durations *)record)->step_id);
}

static void text_index(struct strbuf *out, const void *record, const struct render_options *options)
{
    const struct durations *d = record;

    (void)options;
    if (d->index > 0) {
        strbuf_printf(out, "%zu", d->index);
    }
}

static void json_index(struct strbuf *out, const void *record)
{
    const struct durations *d = record;

    if (d->index > 0) {
        strbuf_printf(out, "%zu", d->index);
    } else {
        json_put_text(out, NULL);
    }
}

static void put_count(struct strbuf *out, size_t count)
{
    strbuf_printf(out, "%zu", count);
}

static void text_runs(struct strbuf *out, const void *record, const struct render_options *options)
{
    (void)options;
    put_count(out, ((const struct durations *)record)->count);
}

static void json_runs(struct strbuf *out, const void *record)
{
    put_count(out, ((const struct durations *)record)->count);
}

static void text_left_out(struct strbuf *out, const void *record,
                          const struct render_options *options)
{
    (void)options;
    put_count(out, ((const struct durations *)record)->left_out);
}

static void json_left_out(struct strbuf *out, const void *record)
{
    put_count(out, ((const struct durations *)record)->left_out);
}

static void put_text(struct strbuf *out, const struct durations *d, unsigned percent,
                     const struct render_options *options)
{
    int64_t ms = durations_percentile(d, percent) + 500; /* to the nearest second */
    char text[TIMESTAMP_MAX];

    if (d->count == 0) {
        return;
    }
    if (options->tokens) {
        strbuf_printf(out, "%" PRId64, ms / 1000);
        return;
    }
    duration_format(ms, text);
    strbuf_puts(out, text);
}

static void put_json(struct strbuf *out, const struct durations *d, unsigned percent)
{
    if (d->count == 0) {
        json_put_text(out, NULL);
    } else {
        strbuf_printf(out, "%" PRId64, (durations_percentile(d, percent) + 500) / 1000);
    }
}

#define PERCENTILE(name, percent)                                                                  \
    static void text_##name(struct strbuf *out, const void *record,                                \
                            const struct render_options *options)                                  \
    {                                                                                              \
        put_text(out, record, percent, options);                                                   \
    }                                                                                              \
    static void json_##name(struct strbuf *out, const void *record)                                \
    {                                                                                              \
        put_json(out, record, percent);                                                            \
    }
PERCENTILE(shortest, 0)
PERCENTILE(median, 50)
PERCENTILE(p90, 90)
PERCENTILE(longest, 100)

static size_t most_of(const size_t tenths[DURATIONS_TENTHS])
{
    size_t most = 1;

    for (size_t i = 0; i < DURATIONS_TENTHS; i++) {
        if (tenths[i] > most) {
            most = tenths[i];
        }
    }
    return most;
}

/* A bar for each tenth of the longest duration, its height by how many durations are in it. */
static void text_spread(struct strbuf *out, const void *record,
                        const struct render_options *options)
{
    static const char *const blocks[LEVELS + 1] = {
        "\xC2\xB7",     "\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83", "\xE2\x96\x84",
        "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87", "\xE2\x96\x88"
    };
    static const char ascii[LEVELS + 1] = { '.', '-', ':', '=', '+', 'o', '*', '%', '#' };
    const struct durations *d = record;
    size_t tenths[DURATIONS_TENTHS], most;

    if (d->count == 0) {
        return;
    }
    durations_spread(d, tenths);
    most = most_of(tenths);
    for (size_t i = 0; i < DURATIONS_TENTHS; i++) {
        size_t level = (tenths[i] * LEVELS + most - 1) / most;
        if (options->tokens) {
            strbuf_printf(out, "%s%zu", i > 0 ? " " : "", tenths[i]);
        } else if (options->ascii) {
            strbuf_append(out, &ascii[level], 1);
        } else {
            strbuf_puts(out, blocks[level]);
        }
    }
}

static void json_spread(struct strbuf *out, const void *record)
{
    size_t tenths[DURATIONS_TENTHS];

    durations_spread(record, tenths);
    for (size_t i = 0; i < DURATIONS_TENTHS; i++) {
        strbuf_printf(out, "%s%zu", i > 0 ? "," : "[", tenths[i]);
    }
    strbuf_puts(out, "]");
}

#define COLUMN(key_, title_, help_, value, ...)                                                    \
    {                                                                                              \
        .info = { .key = (key_), .title = (title_), .help = (help_), .tabular = true },            \
        .json_key = ",\"" key_ "\":", .text = text_##value, .json = json_##value, __VA_ARGS__      \
    }

static const struct field duration_fields[] = {
    COLUMN("type", N_("TYPE"), N_("the type of the offers"), type, .leaves = 4, .least = 12,
           .leads = true),
    COLUMN("scope", N_("SCOPE"), N_("step, or publish: the publish as a whole"), scope,
           .leaves = 1),
    COLUMN("index", N_("NO."), N_("the place of the step in a publish"), index, .leaves = 1),
    COLUMN("stepId", N_("STEP ID"), N_("the step's id"), step_id, .leaves = 1, .least = 12),
    COLUMN("step", N_("STEP"), N_("the step's name"), step, .leaves = 0, .least = 12,
           .leads = true),
    COLUMN("runs", N_("RUNS"), N_("how many durations the figures are of"), runs, .leaves = 6),
    COLUMN("leftOut", N_("LEFT OUT"), N_("others, for which the reads were too far apart"),
           left_out, .leaves = 2),
    COLUMN("shortestSeconds", N_("SHORTEST"), N_("the shortest of them, in seconds"), shortest,
           .leaves = 2),
    COLUMN("medianSeconds", N_("MEDIAN"), N_("their median, in seconds"), median, .leaves = 0),
    COLUMN("p90Seconds", N_("90 %"), N_("what 9 of 10 of them do not exceed, in seconds"), p90,
           .leaves = 0),
    COLUMN("longestSeconds", N_("LONGEST"), N_("the longest of them, in seconds"), longest,
           .leaves = 5),
    COLUMN("spread", N_("SPREAD"), N_("how many lie in each tenth of the longest, from 0 on"),
           spread, .leaves = 3),
};
const struct field_table duration_table = { duration_fields,
                                            sizeof(duration_fields) / sizeof(duration_fields[0]) };
_Static_assert(sizeof(duration_fields) / sizeof(duration_fields[0]) <= FIELD_COUNT_MAX,
               "a render has room for every field");

const char *const duration_columns[] = { "type",       "step",           "runs",   "medianSeconds",
                                         "p90Seconds", "longestSeconds", "spread", NULL };
const char *const duration_columns_wide[] = {
    "type",       "step",           "runs",   "medianSeconds",
    "p90Seconds", "longestSeconds", "spread", "shortestSeconds",
    "leftOut",    "stepId",         NULL
};
