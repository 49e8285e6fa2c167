/* markdown.c - the format markdown: a report for the summary of a CI job, or for a comment. */
#include "markdown.h"

#include "offerstat/escape.h"
#include "offerstat/translate.h"

#include "check.h"
#include "detail.h"
#include "detail_head.h"
#include "message.h"
#include "tally.h"

#include <string.h>

/* GitHub drops a summary of more than 1 MiB as a whole.  The difference is room for the end of the
 * document. */
#define DOCUMENT_MAX ((size_t)1000 * 1000)

/* A document of limited length. */
struct page {
    struct render *r;
    size_t room;    /* bytes that its parts may take */
    size_t missing; /* parts that did not fit */
};

static void put_text(struct render *r, const char *text)
{
    escape_markdown(&r->text, text, NULL);
}

/* A word as code, or as escaped text when it has a character that could end the code.  Code
 * mentions no one, and can be copied. */
static void put_code(struct render *r, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";

    if (*text == '\0' || text[strspn(text, plain)] != '\0') {
        put_text(r, text);
        return;
    }
    render_put_raw(r, "`");
    render_put_raw(r, text);
    render_put_raw(r, "`");
}

/* An address in parentheses; characters that could end it, or a table's cell, are
 * percent-encoded. */
static void put_address(struct render *r, const char *href)
{
    render_put_raw(r, "(");
    for (; *href != '\0'; href++) {
        if (*href == '&') {
            render_put_raw(r, "&amp;");
        } else if (strchr("()<>[]|\\`\"*{}^", *href) != NULL) {
            strbuf_printf(&r->text, "%%%02X", (unsigned)(unsigned char)*href);
        } else {
            strbuf_append(&r->text, href, 1);
        }
    }
    render_put_raw(r, ")");
}

static void put_link(struct render *r, const char *text, const char *href)
{
    if (!render_is_address(href)) {
        put_text(r, text);
        return;
    }
    render_put_raw(r, "[");
    put_text(r, text);
    render_put_raw(r, "]");
    put_address(r, href);
}

/* A list of messages below an item, each with its links. */
static void put_messages(struct render *r, const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct message *m = &messages[i];
        render_put_raw(r, "  - ");
        render_put_raw(r, message_icon(r, m->level));
        if (m->text != NULL) {
            escape_markdown(&r->text, m->text, "\\\n    ");
        }
        for (size_t j = 0; j < m->link_count; j++) {
            render_put_raw(r, j > 0 || m->text != NULL ? "\\\n    " : "");
            put_link(r, m->links[j].text, m->links[j].href);
        }
        render_put_raw(r, "\n");
    }
}

/* "2/6 Certification, rejected" and the step's messages. */
static void put_standing(struct render *r, const struct offer *o, const struct step *s)
{
    strbuf_printf(&r->text, "%zu/%zu ", (size_t)(s - o->steps) + 1, o->step_count);
    put_text(r, field_step_name(s));
    strbuf_printf(&r->text, ", %s\n", step_status_label(s->status));
    put_messages(r, s->messages, s->message_count);
}

static void put_name_of(struct render *r, const struct report *report, const struct offer *o)
{
    render_put_raw(r, "**");
    if (report->several_publishers && o->publisher != NULL) {
        put_text(r, o->publisher);
        render_put_raw(r, "/");
    }
    put_code(r, o->id);
    render_put_raw(r, "**: ");
}

/* An item for each step that blocks, else one for the present step. */
static void put_blockers(struct render *r, const struct report *report, const struct offer *o)
{
    const struct step *current = offer_current_step(o);
    size_t blocking = 0;

    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            render_put_raw(r, "- ");
            put_name_of(r, report, o);
            put_standing(r, o, &o->steps[i]);
            blocking++;
        }
    }
    if (blocking > 0) {
        return;
    }
    render_put_raw(r, "- ");
    put_name_of(r, report, o);
    put_text(r, state_label(o->state));
    if (current != NULL) {
        render_put_raw(r, ", ");
        put_standing(r, o, current);
    } else {
        render_put_raw(r, "\n");
    }
    if (detail_is_blocked_by_messages(o)) {
        put_messages(r, o->messages, o->message_count);
    }
    for (size_t i = 0; i < o->note_count; i++) {
        render_put_raw(r, "  - ");
        put_text(r, note_text(&o->notes[i]));
        render_put_raw(r, "\n");
    }
}

/* Whether the publisher has to act. */
static bool is_blocked(const struct offer *o)
{
    return o->state == STATE_FAILED || o->action == ACTION_FIX;
}

/* Whether what was added since `before` fits into the room; if not, it is removed again. */
static bool fits(struct page *p, size_t before, size_t room)
{
    if (render_length(p->r) <= room) {
        return true;
    }
    render_take_back(p->r, before);
    p->missing++;
    return false;
}

/* A blank line between two parts, and none before the first. */
static void put_gap(struct render *r)
{
    if (render_length(r) > 0) {
        render_put_raw(r, "\n");
    }
}

static void put_heading(struct render *r, const char *heading)
{
    put_gap(r);
    strbuf_printf(&r->text, "### %s\n\n", heading);
}

/* Say how many parts of a list did not fit. */
static void put_missing(struct page *p)
{
    if (p->missing > 0) {
        strbuf_puts(&p->r->text, "\n*");
        strbuf_printf(&p->r->text,
                      translate_count("%zu more is not shown: there is no room for more.",
                                      "%zu more are not shown: there is no room for more.",
                                      p->missing),
                      p->missing);
        strbuf_puts(&p->r->text, "*\n");
    }
    p->missing = 0;
}

/* All blockers below a title, in half of the room at most, so that the table has some.  A check has
 * no table. */
static int put_all_blockers(struct page *p, const struct report *report, struct error *err)
{
    bool checked = p->r->options.view == VIEW_CHECK;
    size_t room = checked ? p->room : p->room / 2, shown = 0;

    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = render_record(p->r, report, i);
        size_t before = render_length(p->r);
        if (!checked && !is_blocked(o)) {
            continue;
        }
        if (shown++ == 0) {
            if (checked) {
                render_put_raw(p->r, "\n");
            } else {
                put_heading(p->r, _("What blocks publishing"));
            }
        }
        put_blockers(p->r, report, o);
        if (fits(p, before, room) && render_flush_some(p->r, err) != 0) {
            return -1;
        }
    }
    put_missing(p);
    return 0;
}

static int put_problems(struct page *p, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < report->problem_count; i++) {
        size_t before = render_length(p->r);
        if (i == 0) {
            put_heading(p->r, _("What could not be read"));
        }
        render_put_raw(p->r, "- ");
        put_text(p->r, problem_text(&report->problems[i]));
        render_put_raw(p->r, "\n");
        if (fits(p, before, p->room) && render_flush_some(p->r, err) != 0) {
            return -1;
        }
    }
    put_missing(p);
    return 0;
}

static void put_cell(struct render *r, const struct field *f, const void *record)
{
    const char *key = f->info.key;
    bool is_id = strcmp(key, "id") == 0 || strcmp(key, "offer") == 0;
    bool stands_out = strcmp(key, "label") == 0 && is_blocked(record);

    render_start_over(r, &r->value);
    f->text(&r->value, record, &r->options);
    render_put_raw(r, stands_out ? " **" : " ");
    if (is_id) {
        put_code(r, strbuf_text(&r->value));
    } else {
        put_text(r, strbuf_text(&r->value));
    }
    render_put_raw(r, stands_out ? "** |" : " |");
}

static void put_titles(struct render *r)
{
    put_gap(r);
    render_put_raw(r, "|");
    for (size_t i = 0; i < r->field_count; i++) {
        strbuf_printf(&r->text, " %s |", _(r->fields[i]->info.title));
    }
    render_put_raw(r, "\n|");
    for (size_t i = 0; i < r->field_count; i++) {
        render_put_raw(r, " --- |");
    }
    render_put_raw(r, "\n");
}

static int put_table(struct page *p, const struct report *report, struct error *err)
{
    struct render *r = p->r;
    size_t count = render_record_count(r, report);

    if (count > 0) {
        put_titles(r);
    }
    for (size_t i = 0; i < count; i++) {
        const void *record = render_record(r, report, i);
        size_t before = render_length(r);
        render_put_raw(r, "|");
        for (size_t at = 0; at < r->field_count; at++) {
            put_cell(r, r->fields[at], record);
        }
        render_put_raw(r, "\n");
        if (fits(p, before, p->room) && render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    put_missing(p);
    return 0;
}

static void put_fact(struct render *r, const char *label, const char *value)
{
    if (value != NULL && *value != '\0') {
        strbuf_printf(&r->text, "| %s | ", label);
        put_text(r, value);
        render_put_raw(r, " |\n");
    }
}

static void put_facts(struct render *r, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    render_put_raw(r, "| | |\n| --- | --- |\n");
    put_fact(r, _("State"),
             o->state == STATE_NONE ? _("nothing under way") : state_label(o->state));
    put_fact(r, _("Live"), live_label(o->live));
    put_fact(r, _("Action"), detail_advice(o->action));
    strbuf_printf(&r->text, "| %s | ", _("Offer"));
    put_code(r, o->id);
    render_put_raw(r, " |\n");
    put_fact(r, _("Publisher"), o->publisher);
    put_fact(r, _("Type"), o->type != NULL ? offer_type_title(o->type) : NULL);
    put_fact(r, _("Version"), o->version);
    render_start_over(r, &r->value);
    field_put_moment(&r->value, o->changed_at, &r->options);
    put_fact(r, _("Changed"), strbuf_text(&r->value));
    put_fact(r, _("Rule"), o->rule);
    for (size_t i = 0; i < o->note_count; i++) {
        put_fact(r, _("Note"), note_text(&o->notes[i]));
    }
    if (offer_url(o, url) != NULL) {
        strbuf_printf(&r->text, "| %s | ", _("Page"));
        put_link(r, _("Partner Center"), url);
        render_put_raw(r, " |\n");
    }
}

static void put_steps(struct render *r, const struct offer *o)
{
    strbuf_printf(&r->text, "\n| | %s | %s | |\n| --- | --- | --- | --- |\n", _("STEP"),
                  _("STATUS"));
    for (size_t i = 0; i < o->step_count; i++) {
        const struct step *s = &o->steps[i];
        strbuf_printf(&r->text, "| %s | %zu. ", detail_icon(r, s->status), i + 1);
        put_text(r, field_step_name(s));
        strbuf_printf(&r->text, " | %s | ", step_status_label(s->status));
        render_start_over(r, &r->value);
        if (detail_ended_at(s) != NULL) {
            field_put_moment(&r->value, detail_ended_at(s), &r->options);
        } else if (s->estimated != NULL && !step_blocks(s)) {
            strbuf_puts(&r->value, s->estimated);
        }
        put_text(r, strbuf_text(&r->value));
        render_put_raw(r, " |\n");
    }
}

static int put_details(struct page *p, const struct report *report, struct error *err)
{
    struct render *r = p->r;

    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = render_record(r, report, i);
        size_t before = render_length(r);
        render_put_raw(r, i > 0 ? "\n### " : "### ");
        put_text(r, o->name != NULL ? o->name : o->id);
        render_put_raw(r, "\n\n");
        put_facts(r, o);
        if (o->step_count > 0) {
            put_steps(r, o);
        }
        if (is_blocked(o)) {
            render_put_raw(r, "\n");
            put_blockers(r, report, o);
        }
        if (fits(p, before, p->room) && render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    put_missing(p);
    return put_problems(p, report, err);
}

static int put_list(struct page *p, const struct report *report, struct error *err)
{
    render_show_publishers(p->r, report);
    if (render_has_offers(p->r)) {
        render_put_raw(p->r, "**offerstat**: ");
        tally_put_whole(p->r, report);
        if (put_all_blockers(p, report, err) != 0) {
            return -1;
        }
    }
    if (put_problems(p, report, err) != 0) {
        return -1;
    }
    return put_table(p, report, err);
}

static void put_ending(struct render *r, const struct wait_ending *ending)
{
    render_start_over(r, &r->value);
    waiting_put_ending(&r->value, ending);
    render_put_raw(r, "**offerstat wait**: ");
    put_text(r, strbuf_text(&r->value));
    render_put_raw(r, "\n");
}

/* The verdict comes first, since it is what a reader looks for.  The report of a wait has all its
 * offers. */
static int put_check(struct page *p, const struct report *report, struct error *err)
{
    if (report->ending != NULL) {
        put_ending(p->r, report->ending);
    } else {
        render_put_raw(p->r, "**offerstat check**: ");
        check_put_verdict(p->r, report);
    }
    if (put_all_blockers(p, report, err) != 0) {
        return -1;
    }
    return put_problems(p, report, err);
}

static int markdown_finish(struct render *r, const struct report *report, struct error *err)
{
    struct page p = { .r = r, .room = DOCUMENT_MAX };

    if (r->options.max_bytes > 0 && r->options.max_bytes < p.room) {
        p.room = r->options.max_bytes;
    }
    switch (r->options.view) {
    case VIEW_CHECK:
        return put_check(&p, report, err);
    case VIEW_SHOW:
        return put_details(&p, report, err);
    case VIEW_LIST:
    case VIEW_APPROVALS:
    case VIEW_PUBLISHERS:
    case VIEW_HISTORY:
    case VIEW_STATS:
    case VIEW_CHANGES:
        break;
    }
    return put_list(&p, report, err);
}

const struct render_writer markdown_writer = { .tabular = true,
                                               .shows_ending = true,
                                               .finish = markdown_finish };
