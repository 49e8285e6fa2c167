/* ruling_check.c - comparing rulings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ruling_check.h"

#include <string.h>

void check_ruling(const char *name, struct ruling got, struct wanted_ruling want)
{
    const char *rule = got.rule != NULL ? got.rule : "no rule";
    const char *wanted = want.rule != NULL ? want.rule : "no rule";

    if (strcmp(rule, wanted) != 0) {
        fail_msg("%s: %s, wanted %s", name, rule, wanted);
    }
    if (got.state != want.state) {
        fail_msg("%s: %s, wanted %s", name, state_token(got.state), state_token(want.state));
    }
    if (got.basis != want.basis) {
        fail_msg("%s: basis %d, wanted %d", name, (int)got.basis, (int)want.basis);
    }
    if (got.live != want.live) {
        fail_msg("%s: live %s, wanted %s", name, live_token(got.live), live_token(want.live));
    }
}
