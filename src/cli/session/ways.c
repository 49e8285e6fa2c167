/* ways.c - listing the ways to sign in, when none is set up. */
#include "ways.h"

#include "options/settings.h"
#include "session.h"
#include "terminal/say.h"

#include "offerstat/signin.h"

#include <stdio.h>
#include <string.h>

#define WAYS_MAX 16

struct ways {
    size_t count;
    bool any; /* one of them is set up */
    struct {
        const char *name;
        char lacks[ERROR_TEXT_MAX];
    } of[WAYS_MAX];
};

static void ways_on_source(void *user, const char *method, int state, const struct error *why)
{
    struct ways *ways = user;

    if (state > 0 && strcmp(method, "azure-cli") == 0) {
        return; /* whether az is signed in is known only from running it, and the error has said it
                 */
    }
    if (state > 0) {
        ways->any = true;
    } else if (ways->count < WAYS_MAX) {
        ways->of[ways->count].name = method;
        snprintf(ways->of[ways->count].lacks, ERROR_TEXT_MAX, "%s", error_text(why));
        ways->count++;
    }
}

void ways_say(const struct settings *s, enum error_code code)
{
    struct session *session = NULL;
    struct error ignored = ERROR_INIT;
    struct ways ways = { 0 };
    struct settings one = *s;
    bool pinned = s->auth != NULL && strcmp(s->auth, "auto") != 0;

    one.jobs = 1; /* no request is sent, so no note on fewer jobs */
    if (code != ERR_AUTH || pinned || session_open_signin(&one, &session, &ignored) != 0) {
        return;
    }
    signin_survey(session_signin(session), ways_on_source, &ways);
    session_close(session);
    if (ways.any) {
        return;
    }
    say_hint("other ways to sign in (`offerstat help auth`), and what each lacks here:");
    for (size_t i = 0; i < ways.count; i++) {
        say_item(ways.of[i].name, ways.of[i].lacks);
    }
}
