/* output.c - how settings and the terminal shape the output. */
#include "output.h"

#include "pager.h"
#include "settings.h"
#include "terminal.h"

#include <time.h>
#include <unistd.h>

static enum render_time time_style(enum time_choice choice, bool tty)
{
    switch (choice) {
    case TIME_CHOICE_AUTO:
        return tty ? RENDER_TIME_RELATIVE : RENDER_TIME_UTC;
    case TIME_CHOICE_RELATIVE:
        return RENDER_TIME_RELATIVE;
    case TIME_CHOICE_UTC:
        return RENDER_TIME_UTC;
    case TIME_CHOICE_LOCAL:
        return RENDER_TIME_LOCAL;
    }
    return RENDER_TIME_UTC;
}

int64_t output_now_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void output_options(const struct settings *s, enum render_view view, struct render_options *out)
{
    bool tty = isatty(STDOUT_FILENO) == 1;

    *out = (struct render_options){ .view = view,
                                    .out = pager_stream(s),
                                    .ci = !tty,
                                    .color = terminal_wants_color(s->color, STDOUT_FILENO),
                                    .positions = terminal_obeys(STDOUT_FILENO),
                                    .links = terminal_shows_links(),
                                    .ascii = s->ascii,
                                    .header = !s->no_header,
                                    .time = time_style(s->time, tty),
                                    .now_ms = output_now_ms(),
                                    .fields = s->fields.items,
                                    .field_count = s->fields.count,
                                    .policy = &s->policy };
    if (s->width != WIDTH_OF_TERMINAL) {
        out->width = s->width;
    } else if (tty) {
        out->width = terminal_width(STDOUT_FILENO);
    }
}
