/* record_use.c - the record of this run. */
#include "record_use.h"

#include "options/settings.h"
#include "output/output.h"
#include "process/paths.h"
#include "terminal/say.h"

#include "offerstat/offer_build.h"
#include "offerstat/portal.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <string.h>

bool record_use_is_wanted(const struct settings *s)
{
    return !s->quick && (s->changed || s->record == WHEN_ALWAYS);
}

/* The endpoint as the record has it: "" for the services' own.  -1 with *err. */
static int name_endpoint(const struct settings *s, const char **endpoint, struct error *err)
{
    bool loopback = false;

    *endpoint = "";
    if (s->endpoint == NULL) {
        return 0;
    }
    if (portal_check_endpoint(s->endpoint, &loopback, err) != 0) {
        return -1;
    }
    *endpoint = loopback ? "loopback" : s->endpoint; /* its port differs from run to run */
    return 0;
}

bool record_use_asks_for(const struct settings *s, const char *publisher)
{
    for (size_t i = 0; i < s->publishers.count; i++) {
        if (text_equal_nocase(publisher, s->publishers.items[i])) {
            return true;
        }
    }
    return s->publishers.count == 0;
}

static void record_use_on_warning(void *user, const struct error *what)
{
    (void)user;
    say_warning("%s", error_text(what));
}

int record_use_path(struct strbuf *path, struct error *err)
{
    if (!paths_state(path, "record.db")) {
        return error_set(err, ERR_OUTPUT, "the record: neither XDG_STATE_HOME nor HOME is set");
    }
    if (path->failed) {
        return error_memory(err);
    }
    return 0;
}

struct record *record_use_open_file(const struct settings *s, bool all_endpoints, bool writes,
                                    struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct record_options options = { .writes = writes, .warn = record_use_on_warning };
    struct record *record = NULL;

    if (!all_endpoints && name_endpoint(s, &options.endpoint, err) != 0) {
        return NULL;
    }
    if (record_use_path(&path, err) == 0 && (!writes || paths_make_state(err) == 0)) {
        options.path = strbuf_text(&path);
        if (record_open(&options, &record, err) != 0) {
            record = NULL;
        }
    }
    strbuf_clear(&path);
    return record;
}

bool record_use_is_missing(const struct error *err)
{
    if (err->code != ERR_NOT_FOUND) {
        return false;
    }
    say_hint("there is no record yet; --record, or record = on in the configuration, begins one");
    return true;
}

static int open_now(struct record_use *r, struct error *err)
{
    const struct settings *s = r->opens;

    r->opens = NULL;
    r->record = record_use_open_file(s, false, r->writes, err);
    if (r->record != NULL) {
        return 0;
    }
    if (err->code == ERR_MEMORY || (s->changed && err->code != ERR_NOT_FOUND)) {
        return -1;
    }
    say_warning("%s", error_text(err));
    *err = (struct error)ERROR_INIT;
    return 0;
}

int record_use_begin(struct record_use *r, const struct settings *s, struct error *err)
{
    *r = (struct record_use){ .opens = s, .writes = s->record != WHEN_NEVER };
    if (!s->changed) {
        return 0;
    }
    return open_now(r, err);
}

/* It is of no use to this read any more. */
static void give_up(struct record_use *r, const struct error *why)
{
    say_warning("%s", error_text(why));
    record_use_close(r);
    r->failed = true;
}

static int add_note(struct offer *o, int64_t at_ms, struct arena *a)
{
    struct offer noted = { .id = o->id };
    char date[TIMESTAMP_MAX];
    struct note *notes;

    timestamp_format(at_ms, date);
    date[strcspn(date, "T")] = '\0';
    notes = arena_alloc(a, (o->note_count + 1) * sizeof(*notes));
    if (notes == NULL || offer_note(a, &noted, false,
                                    "a publish that was under way on %s is gone: canceled, most "
                                    "likely",
                                    date) != 0) {
        return -1;
    }
    if (o->note_count > 0) {
        memcpy(notes, o->notes, o->note_count * sizeof(*notes));
    }
    notes[o->note_count] = noted.notes[0];
    o->notes = notes;
    o->note_count++;
    return 0;
}

int record_use_see(struct record_use *r, struct offer *o, struct recorded_memory *memory,
                   struct arena *a, struct error *err)
{
    struct error failure;

    *memory = (struct recorded_memory){ .is_new = r->failed };
    if (r->opens != NULL && open_now(r, err) != 0) {
        return -1;
    }
    if (r->record == NULL) {
        return 0;
    }
    if (record_recall(r->record, o, memory, &failure) != 0 ||
        (r->writes && record_note(r->record, o, output_now_ms(), &failure) != 0)) {
        if (failure.code == ERR_MEMORY) {
            return error_memory(err);
        }
        give_up(r, &failure);
        return 0;
    }
    if (memory->forgotten_ms != 0 && add_note(o, memory->forgotten_ms, a) != 0) {
        return error_memory(err);
    }
    return 0;
}

void record_use_forget(struct record_use *r)
{
    if (r->record != NULL) {
        record_drop(r->record);
    }
}

void record_use_finish(struct record_use *r, bool is_complete)
{
    struct error err = ERROR_INIT;

    if (r->record != NULL && record_write(r->record, is_complete, output_now_ms(), &err) != 0) {
        say_warning("%s", error_text(&err));
    }
}

void record_use_close(struct record_use *r)
{
    record_close(r->record);
    r->record = NULL;
}
