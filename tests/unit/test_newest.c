/* test_newest.c - the newest of things whose order is partial. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "newest.h"

#include <string.h>

#define ITEMS_MAX 5

/* A number orders those that have one (not 0), else a time those that have that. */
struct thing {
    int number, time;
};

static int compare(const void *a, const void *b)
{
    const struct thing *x = a, *y = b;

    if (x->number != 0 && y->number != 0) {
        return x->number - y->number;
    }
    if (x->time != 0 && y->time != 0) {
        return x->time - y->time;
    }
    return 0;
}

/* In every rotation, forth and back: the order of a list decides nothing. */
static void those_may_be_the_newest_that_none_is_newer_than(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct thing items[ITEMS_MAX];
        const char *may_be; /* a letter for each: y or n */
    } rows[] = {
        { "one", 1, { { 1, 0 } }, "y" },
        { "numbers", 3, { { 1, 0 }, { 3, 0 }, { 2, 0 } }, "nyn" },
        { "times", 3, { { 0, 1 }, { 0, 3 }, { 0, 2 } }, "nyn" },
        { "the same number", 3, { { 2, 0 }, { 2, 0 }, { 1, 0 } }, "yyn" },
        { "nothing", 3, { { 0, 0 }, { 0, 0 }, { 0, 0 } }, "yyy" },
        { "nothing beside numbers", 3, { { 1, 0 }, { 2, 0 }, { 0, 0 } }, "nyy" },
        { "a number beside a time", 2, { { 1, 0 }, { 0, 1 } }, "yy" },
        { "older by the time, than an older one", 3, { { 5, 0 }, { 4, 3 }, { 0, 2 } }, "ynn" },
        { "newer by the time than the highest number", 3, { { 4, 0 }, { 5, 2 }, { 0, 3 } }, "nny" },
        { "in a circle", 3, { { 5, 3 }, { 0, 4 }, { 4, 5 } }, "yyy" },
        { "in a circle, beside one that nothing orders",
          4,
          { { 5, 3 }, { 0, 4 }, { 4, 5 }, { 0, 0 } },
          "nnny" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t count = rows[i].count;
        for (size_t turn = 0; turn < 2 * count; turn++) {
            struct thing items[ITEMS_MAX] = { 0 };
            size_t from[ITEMS_MAX];
            items[count] = (struct thing){ 100, 100 }; /* is not looked at */
            for (size_t k = 0; k < count; k++) {
                from[k] = (k + turn) % count;
                if (turn >= count) {
                    from[k] = count - 1 - from[k];
                }
                items[k] = rows[i].items[from[k]];
            }
            struct newest n = newest_find(items, count, sizeof(items[0]), compare);
            for (size_t k = 0; k < count; k++) {
                if (newest_may_be(&n, k) != (rows[i].may_be[from[k]] == 'y')) {
                    fail_msg("%s, turn %zu, item %zu", rows[i].name, turn, from[k]);
                }
            }
        }
    }
}

static size_t comparisons;

static int compare_and_count(const void *a, const void *b)
{
    int order = compare(a, b);

    comparisons++;
    return (order > 0) - (order < 0);
}

/* Lists may be long: comparing all with all would take minutes. */
static void one_that_is_the_newest_costs_few_comparisons(void **state)
{
    static struct thing rising[1000], falling[1000], oldest_last[1000];
    static const struct thing *const lists[] = { rising, falling, oldest_last };

    (void)state;
    for (int i = 0; i < 1000; i++) {
        rising[i].number = i + 1;
        falling[i].number = 1000 - i;
        oldest_last[i].number = i < 999 ? i + 2 : 1;
    }
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        comparisons = 0;
        struct newest n = newest_find(lists[i], 1000, sizeof(*lists[i]), compare_and_count);
        for (size_t k = 0; k < 1000; k++) {
            assert_int_equal(newest_may_be(&n, k), lists[i][k].number == 1000);
        }
        assert_in_range(comparisons, 1000, 4 * 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_may_be_the_newest_that_none_is_newer_than),
        cmocka_unit_test(one_that_is_the_newest_costs_few_comparisons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
