/* test_offer_build.c - what is put into a record while answers come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer_build.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

static void a_ruling_becomes_the_state(void **state)
{
    static const struct step blocked = { .status = STEP_BLOCKED };
    static const struct ruling ruling = {
        .state = STATE_IN_PROGRESS, .live = LIVE_PREVIEW, .rule = "cpp-5", .basis = BASIS_DOCUMENTED
    };
    struct offer o = { .id = "vm" };

    (void)state;
    offer_apply_ruling(&o, &ruling);
    assert_int_equal(o.state, STATE_IN_PROGRESS);
    assert_int_equal(o.live, LIVE_PREVIEW);
    assert_string_equal(o.rule, "cpp-5");
    assert_int_equal(o.basis, BASIS_DOCUMENTED);
    assert_int_equal(o.action, state_action(STATE_IN_PROGRESS, false));
    o.steps = &blocked;
    o.step_count = 1;
    offer_apply_ruling(&o, &ruling);
    assert_int_equal(o.action, state_action(STATE_IN_PROGRESS, true));
    assert_int_not_equal(o.action, state_action(STATE_IN_PROGRESS, false));
}

/* An answer that is read twice, since a try broke off, says the same again. */
static void each_note_is_kept_once(void **state)
{
    struct arena a = ARENA_INIT;
    struct offer o = { .id = "vm" };

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(offer_note(&a, &o, true, "unknown status \"%s\"", "odd"), 0);
        assert_int_equal(offer_note(&a, &o, false, "stop distribution pending"), 0);
    }
    assert_int_equal(o.note_count, 2);
    assert_string_equal(o.notes[0].text, "unknown status \"odd\"");
    assert_true(o.notes[0].warning);
    assert_false(o.notes[1].warning);
    arena_clear(&a);
}

/* Behind the copy's own array other things of the arena stand. */
static void notes_can_be_added_to_a_copy(void **state)
{
    (void)state;
    for (int count = 0; count <= 9; count++) {
        struct arena a = ARENA_INIT, b = ARENA_INIT;
        struct offer from = { .id = "vm" }, o;
        char text[16];
        for (int i = 0; i < count; i++) {
            snprintf(text, sizeof(text), "note %d", i);
            assert_int_equal(offer_note(&a, &from, false, "%s", text), 0);
        }
        assert_int_equal(offer_copy(&b, &from, &o), 0);
        for (int i = count; i < 2 * count + 1; i++) {
            assert_int_equal(offer_note(&b, &o, false, "note %d", i), 0);
        }
        assert_int_equal(o.note_count, 2 * count + 1);
        for (int i = 0; i < 2 * count + 1; i++) {
            snprintf(text, sizeof(text), "note %d", i);
            assert_string_equal(o.notes[i].text, text);
        }
        arena_clear(&a);
        arena_clear(&b);
    }
}

static void a_long_note_is_cut_between_characters_and_says_so(void **state)
{
    struct arena a = ARENA_INIT;
    struct offer o = { .id = "vm" };
    char text[3 * 512 + 1] = "";
    size_t len;

    (void)state;
    for (size_t i = 0; i + 3 < sizeof(text); i += 3) {
        memcpy(text + i, "\xEC\xBD\x98", 3);
    }
    assert_int_equal(offer_note(&a, &o, false, "%s", text), 0);
    len = strlen(o.notes[0].text);
    assert_true(len > 400 && len < 512);
    assert_string_equal(o.notes[0].text + len - 3, "...");
    assert_int_equal((len - 3) % 3, 0);
    arena_clear(&a);
}

static const char *in_brackets(const char *one, const char *many, unsigned long count)
{
    (void)count;
    assert_null(many);
    return strcmp(one, "Publish failed") == 0 ? "<failed>" : one;
}

/* What machines read is the same in every language. */
static void an_odd_word_is_noted_for_machines_and_people(void **state)
{
    struct arena a = ARENA_INIT;
    struct offer o = { .id = "vm" };

    (void)state;
    translate_by(in_brackets);
    assert_int_equal(offer_note_odd_word(&a, &o, "broken", STATE_FAILED), 0);
    translate_by(NULL);
    assert_int_equal(o.note_count, 1);
    assert_true(o.notes[0].warning);
    assert_string_equal(o.notes[0].text, "\"broken\" is in no documentation, read as failed");
    assert_string_equal(note_text(&o.notes[0]),
                        "\"broken\" is in no documentation, read as <failed>");
    arena_clear(&a);
}

static void a_guid_stands_in_for_an_offer_id(void **state)
{
    struct arena a = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { .product_id = "guid" }, named = { .product_id = "guid", .id = "vm" };
    struct offer empty = { .id = "vm", .product_id = "" }, none = { .id = "vm" };

    (void)state;
    assert_int_equal(offer_need_ids(&a, &o, &err), 0);
    assert_string_equal(o.id, "guid");
    assert_int_equal(o.note_count, 1);
    assert_int_equal(offer_need_ids(&a, &named, &err), 0);
    assert_string_equal(named.id, "vm");
    assert_int_equal(named.note_count, 0);
    assert_int_equal(offer_need_ids(&a, &empty, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_int_equal(offer_need_ids(&a, &none, &err), -1);
    arena_clear(&a);
}

static void events_keep_their_order(void **state)
{
    struct arena a = ARENA_INIT;
    struct offer o = { .id = "vm" };
    char ids[20][4];

    (void)state;
    for (size_t i = 0; i < 20; i++) {
        struct event e = { .kind = "submission", .id = ids[i] };
        ids[i][0] = (char)('a' + i);
        ids[i][1] = '\0';
        assert_int_equal(offer_event(&a, &o, &e), 0);
    }
    assert_int_equal(o.event_count, 20);
    assert_string_equal(o.events[0].id, "a");
    assert_string_equal(o.events[19].id, "t");
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ruling_becomes_the_state),
        cmocka_unit_test(each_note_is_kept_once),
        cmocka_unit_test(notes_can_be_added_to_a_copy),
        cmocka_unit_test(a_long_note_is_cut_between_characters_and_says_so),
        cmocka_unit_test(an_odd_word_is_noted_for_machines_and_people),
        cmocka_unit_test(a_guid_stands_in_for_an_offer_id),
        cmocka_unit_test(events_keep_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
