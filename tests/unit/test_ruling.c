/* test_ruling.c - what the rulings on submissions that nothing orders say together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/rules.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define FAILED(by, on) .state = STATE_FAILED, .rule = (by), .basis = (on)
#define READY .state = STATE_PENDING_SIGNOFF, .rule = "r4", .basis = BASIS_CLIENT
#define UNKNOWN .state = STATE_UNKNOWN
#define IDLE .state = STATE_NONE, .rule = "r7", .basis = BASIS_DOCUMENTED

static void rulings_are_joined_without_a_guess(void **state)
{
    static const struct {
        const char *name;
        struct ruling sum, one, want;
    } rows[] = {
        { "the same", { IDLE }, { IDLE }, { IDLE } },
        { "two states", { IDLE }, { READY }, { UNKNOWN, .newest_unknown = true } },
        { "unknown and a state", { UNKNOWN }, { READY }, { UNKNOWN, .newest_unknown = true } },
        { "a state and unknown", { READY }, { UNKNOWN }, { UNKNOWN, .newest_unknown = true } },
        { "unknown twice", { UNKNOWN }, { UNKNOWN }, { UNKNOWN } },
        { "two states, and one that nothing decides",
          { UNKNOWN, .newest_unknown = true },
          { UNKNOWN },
          { UNKNOWN, .newest_unknown = true } },
        { "a failure after something else",
          { READY },
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r2", BASIS_INFERRED), .newest_unknown = true } },
        { "a failure before something else",
          { FAILED("r2", BASIS_CLIENT) },
          { READY },
          { FAILED("r2", BASIS_INFERRED), .newest_unknown = true } },
        { "a failure after two states",
          { UNKNOWN, .newest_unknown = true },
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r2", BASIS_INFERRED), .newest_unknown = true } },
        { "two failures",
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r2", BASIS_CLIENT) } },
        { "two failures, and something else was before them",
          { FAILED("r2", BASIS_INFERRED), .newest_unknown = true },
          { FAILED("r1", BASIS_CLIENT) },
          { FAILED("r1", BASIS_INFERRED), .newest_unknown = true } },
        { "of two rules the first by name",
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r1", BASIS_DOCUMENTED) },
          { FAILED("r1", BASIS_DOCUMENTED) } },
        { "of one rule the weaker basis",
          { FAILED("r1", BASIS_CLIENT) },
          { FAILED("r1", BASIS_INFERRED) },
          { FAILED("r1", BASIS_INFERRED) } },
        { "of one rule the weaker basis, which came first",
          { FAILED("r1", BASIS_INFERRED) },
          { FAILED("r1", BASIS_CLIENT) },
          { FAILED("r1", BASIS_INFERRED) } },
        { "in whatever order they come",
          { FAILED("r1", BASIS_DOCUMENTED) },
          { FAILED("r2", BASIS_CLIENT) },
          { FAILED("r1", BASIS_DOCUMENTED) } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ruling got = rows[i].sum;
        const struct ruling *want = &rows[i].want;
        ruling_join(&got, &rows[i].one);
        if (got.state != want->state || got.basis != want->basis ||
            got.newest_unknown != want->newest_unknown ||
            (got.rule == NULL) != (want->rule == NULL) ||
            (want->rule != NULL && strcmp(got.rule, want->rule) != 0)) {
            fail_msg("%s: %s by %s, basis %d, newest %s", rows[i].name, state_token(got.state),
                     got.rule != NULL ? got.rule : "no rule", (int)got.basis,
                     got.newest_unknown ? "unknown" : "known");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rulings_are_joined_without_a_guess),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
