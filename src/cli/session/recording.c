/* recording.c - a recording begun before anything is sent, and written at the end, whatever that
 * is. */
#include "recording.h"

#include "options/settings.h"
#include "process/interrupt.h"
#include "process/whole_file.h"
#include "terminal/say.h"

#include "offerstat/har.h"
#include "offerstat/outcome.h"

#include <string.h>
#include <sys/stat.h>

/* Until a command that stays has its own way to end. */
static bool recording_on_tick(void *user)
{
    (void)user;
    return interrupt_number() == 0;
}

void recording_begin(struct settings *s, int offer_count, const char *const *offers)
{
    struct har_options options = { .beside = s->har, .names = s->har_names };
    struct error err = ERROR_INIT;
    struct stat there;

    if (s->har == NULL) {
        return;
    }
    if (stat(s->har, &there) == 0 && !S_ISREG(there.st_mode)) {
        options.beside = "/tmp/"; /* a pipe or a device: its folder is none to write to */
    }
    if (har_open(&options, &s->recording, &err) != 0) {
        say_error(&err);
        s->har_failed = outcome_of_error(err.code);
        return;
    }
    for (int i = 0; i < offer_count; i++) {
        const char *slash = strchr(offers[i], '/'); /* PUBLISHER/OFFER */
        har_name_offer(s->recording, slash != NULL ? slash + 1 : offers[i]);
    }
    interrupt_catch(); /* what was under way is the answer to why it was interrupted */
    s->tick = recording_on_tick;
}

static int recording_put(void *user, FILE *out, struct error *err)
{
    const struct settings *s = user;

    return har_write(s->recording, OFFERSTAT_VERSION, out, err);
}

int recording_finish(struct settings *s, int code)
{
    struct error err = ERROR_INIT;

    if (s->recording != NULL) {
        if (whole_file_write(s->har, 0600, recording_put, s, &err) != 0) {
            say_error(&err);
            s->har_failed = outcome_of_error(err.code);
        }
        har_close(s->recording);
        s->recording = NULL;
    }
    return s->har_failed != EXIT_OK ? outcome_worse(code, s->har_failed) : code;
}
