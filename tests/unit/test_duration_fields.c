/* test_duration_fields.c - how long publishes took, in each format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render_to.h"

#include "offerstat/strbuf.h"
#include "offerstat/width.h"

#define MINUTE INT64_C(60000)

static const int64_t validate_ms[] = { MINUTE, 2 * MINUTE, 10 * MINUTE };
static const int64_t whole_ms[] = { 60 * MINUTE, 60 * MINUTE, 90 * MINUTE, 1500 * MINUTE };

static const struct durations rows[] = {
    { .type = "microsoft-azure-virtualmachines",
      .step_id = "validate",
      .step_name = "Validation",
      .index = 1,
      .items = validate_ms,
      .count = 3 },
    { .type = "microsoft-azure-virtualmachines",
      .step_id = "certify",
      .step_name = "Certification",
      .index = 2,
      .left_out = 4 },
    { .type = "microsoft-azure-virtualmachines", .items = whole_ms, .count = 4 },
};

static char *render(const char *format, struct render_options options)
{
    struct report r = REPORT_INIT;
    struct error err = ERROR_INIT;
    char *text;

    options.view = VIEW_STATS;
    r.generated_ms = 0;
    r.durations = rows;
    r.duration_count = sizeof(rows) / sizeof(rows[0]);
    text = render_to_text(format, &options, &r, &err);
    report_clear(&r);
    return text;
}

static void check(const char *format, struct render_options options, const char *wanted)
{
    char *text = render(format, options);

    assert_non_null(text);
    assert_string_equal(text, wanted);
    free(text);
}

static void a_table_has_a_row_a_step(void **state)
{
    (void)state;
    check("table", (struct render_options){ .header = true, .ascii = true },
          "TYPE             STEP               RUNS  MEDIAN  90 %   LONGEST  SPREAD\n"
          "Virtual machine  Validation         3     2m      10m    10m      ##.......#\n"
          "Virtual machine  Certification      0     -       -      -        -\n"
          "Virtual machine  the whole publish  4     1h      1d 1h  1d 1h    #........=\n");
}

static void blocks_are_as_high_as_their_share(void **state)
{
    static const char *const fields[] = { "spread" };

    (void)state;
    check("table", (struct render_options){ .fields = fields, .field_count = 1 },
          "\xE2\x96\x88\xE2\x96\x88\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7"
          "\xE2\x96\x88\n-\n"
          "\xE2\x96\x88\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7"
          "\xE2\x96\x83\n");
}

static void programs_get_seconds(void **state)
{
    (void)state;
    check("csv", (struct render_options){ .header = true },
          "type,scope,index,stepId,step,runs,leftOut,shortestSeconds,medianSeconds,p90Seconds,"
          "longestSeconds,spread\r\n"
          "microsoft-azure-virtualmachines,step,1,validate,Validation,3,0,60,120,600,600,"
          "1 1 0 0 0 0 0 0 0 1\r\n"
          "microsoft-azure-virtualmachines,step,2,certify,Certification,0,4,,,,,\r\n"
          "microsoft-azure-virtualmachines,publish,,,,4,0,3600,3600,90000,90000,"
          "3 0 0 0 0 0 0 0 0 1\r\n");
}

static void what_is_not_known_is_null(void **state)
{
    (void)state;
    check("json", (struct render_options){ .header = true },
          "{\"schemaVersion\":1,\"generatedAt\":\"1970-01-01T00:00:00Z\",\"api\":null,\n"
          "\"durations\":[\n"
          "{\"type\":\"microsoft-azure-virtualmachines\",\"scope\":\"step\",\"index\":1,"
          "\"stepId\":\"validate\",\"step\":\"Validation\",\"runs\":3,\"leftOut\":0,"
          "\"shortestSeconds\":60,\"medianSeconds\":120,\"p90Seconds\":600,"
          "\"longestSeconds\":600,\"spread\":[1,1,0,0,0,0,0,0,0,1]},\n"
          "{\"type\":\"microsoft-azure-virtualmachines\",\"scope\":\"step\",\"index\":2,"
          "\"stepId\":\"certify\",\"step\":\"Certification\",\"runs\":0,\"leftOut\":4,"
          "\"shortestSeconds\":null,\"medianSeconds\":null,\"p90Seconds\":null,"
          "\"longestSeconds\":null,\"spread\":[0,0,0,0,0,0,0,0,0,0]},\n"
          "{\"type\":\"microsoft-azure-virtualmachines\",\"scope\":\"publish\",\"index\":null,"
          "\"stepId\":null,\"step\":null,\"runs\":4,\"leftOut\":0,"
          "\"shortestSeconds\":3600,\"medianSeconds\":3600,\"p90Seconds\":90000,"
          "\"longestSeconds\":90000,\"spread\":[3,0,0,0,0,0,0,0,0,1]}],\n"
          "\"complete\":true,\n\"errors\":[]}\n");
}

static void no_line_is_wider_than_the_window(void **state)
{
    (void)state;
    for (size_t width = 40; width <= 200; width++) {
        char *text = render("wide", (struct render_options){ .header = true, .width = width });
        char *rest = NULL;
        assert_non_null(text);
        for (char *line = strtok_r(text, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            assert_true(width_most(line) <= width);
        }
        free(text);
    }
}

static void formats_of_offers_are_refused(void **state)
{
    static const char *const formats[] = { "junit", "prometheus", "name" };

    (void)state;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        assert_false(render_format_shows(render_format_find(formats[i]), VIEW_STATS));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_has_a_row_a_step),
        cmocka_unit_test(blocks_are_as_high_as_their_share),
        cmocka_unit_test(programs_get_seconds),
        cmocka_unit_test(what_is_not_known_is_null),
        cmocka_unit_test(no_line_is_wider_than_the_window),
        cmocka_unit_test(formats_of_offers_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
