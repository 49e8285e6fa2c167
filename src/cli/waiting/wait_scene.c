/* wait_scene.c - the live view of a wait. */
#include "wait_scene.h"

#include "options/settings.h"
#include "output/output.h"
#include "terminal/live_view.h"
#include "terminal/terminal.h"

#include "offerstat/transport.h"
#include "offerstat/wait_view.h"

#include <stdlib.h>
#include <unistd.h>

#define SCENE_MAX ((size_t)1024 * 1024)

void wait_scene_begin(struct wait_run *run)
{
    const struct settings *s = run->settings;

    if (!s->wants_no_view && !s->quiet && !s->format->machine && s->timeout_ms != WAIT_ONE_READ) {
        live_begin();
    }
}

static void fill_rows(const struct wait_run *run, struct wait_view_row *rows)
{
    int64_t now_ms = transport_clock_ms(), wall_ms = output_now_ms();

    for (size_t i = 0; i < run->offers.count; i++) {
        const struct waited *w = &run->offers.items[i];
        rows[i] = (struct wait_view_row){ .offer = &w->offer,
                                          .standing_ms = waited_standing_ms(w, now_ms, wall_ms),
                                          .settled = w->course.standing != WAIT_UNDER_WAY };
    }
}

/* Until the next read; -1: one is under way. */
static int64_t until_next_read_ms(const struct wait_run *run)
{
    int64_t left_ms = run->next_read_ms - transport_clock_ms();

    if (run->next_read_ms == 0) {
        return -1;
    }
    return left_ms > 0 ? left_ms : 0;
}

void wait_scene_draw(struct wait_run *run)
{
    const struct settings *s = run->settings;
    struct strbuf text = STRBUF_INIT(SCENE_MAX);
    struct wait_view_row *rows;
    struct wait_tally tally;

    if (!live_is_on()) {
        return;
    }
    rows = calloc(run->offers.count + 1, sizeof(*rows));
    if (rows == NULL) {
        return; /* keep what the screen shows */
    }
    fill_rows(run, rows);
    wait_offers_count(&run->offers, &tally);
    wait_view_put(&text,
                  &(struct wait_view){ .rows = rows,
                                       .count = run->offers.count,
                                       .reached = tally.reached,
                                       .took_ms = transport_clock_ms() - run->began_ms,
                                       .timeout_ms = s->timeout_ms,
                                       .next_ms = until_next_read_ms(run),
                                       .said = live_latest_line(),
                                       .width = live_width(),
                                       .height = live_rows(),
                                       .ascii = s->ascii,
                                       .color = terminal_wants_color(s->color, STDOUT_FILENO),
                                       .with_publisher = run->offers.several_publishers });
    if (!text.failed) {
        live_draw(strbuf_text(&text));
    }
    strbuf_clear(&text);
    free(rows);
}
