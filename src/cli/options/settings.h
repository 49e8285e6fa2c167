/* settings.h - the values that flags, environment and configuration give. */
#ifndef OPTIONS_SETTINGS_H
#define OPTIONS_SETTINGS_H

#include "terminal/terminal.h"

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/outcome.h"
#include "offerstat/portal.h"
#include "offerstat/select.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct har;
struct render_format;

/* --api all: every API that is signed in to; auto: see api_choice.h. */
#define API_ALL "all"
#define API_AUTO "auto"

/* Of --timeout: 0 and none. */
#define WAIT_ONE_READ 0
#define WAIT_FOR_EVER (-1)

/* --for live */
#define WAIT_FOR_LIVE (1u << STATE_COUNT)

/* --width not given: as wide as the terminal. */
#define WIDTH_OF_TERMINAL UINT_MAX

enum time_choice { TIME_CHOICE_AUTO, TIME_CHOICE_RELATIVE, TIME_CHOICE_UTC, TIME_CHOICE_LOCAL };

/* The values of an option that takes several.  The array belongs to this struct, the texts to argv,
 * to the environment or to the settings. */
struct texts {
    const char **items;
    size_t count;
};

/* The value of one option as it was given, and its origin. */
struct setting_source {
    const char *value;  /* NULL: not given, so the default applies */
    const char *origin; /* the variable, FILE:LINE, or SETTING_OF_COMMAND_LINE */
    bool from_file;
};
#define SETTING_OF_COMMAND_LINE "command line"

/* Every member that an option sets has a row in option_rows.c. */
struct settings {
    /* the service */
    struct texts publishers;
    const char *api;       /* as it was given; after api_choose what auto stands for */
    unsigned apis;         /* the set (api_choice.h) of `api`; 0: auto, not resolved yet */
    bool is_auto;          /* --api auto, whatever it was resolved to */
    bool finds_apis;       /* auto: an API that refuses the account as a whole is ignored */
    const char *token_api; /* API that the ready token names, when several could be read; or NULL */
    char *piped_token;     /* the ready token that came through a pipe; owned, or NULL */
    const char *endpoint, *seller_id;
    enum witness witness;
    unsigned jobs, retries;
    int64_t connect_timeout_ms, stall_timeout_ms, request_timeout_ms;
    /* signing in */
    const char *token, *token_file, *authority, *auth, *client_id, *proxy_auth;
    bool check;
    /* which offers, in which order */
    struct filter filter;
    int64_t since_age_ms; /* 0: not asked */
    int64_t since_at_ms;  /* Unix time; 0: not asked */
    bool since_last;      /* since the last run of `changes` */
    const char *sort;
    bool sort_descending;
    unsigned limit; /* 0: all */
    bool quick;
    /* the verdict */
    struct verdict_policy policy;
    bool allow_empty;
    enum when github;    /* report to GitHub Actions */
    bool azure;          /* and to Azure Pipelines */
    struct texts except; /* offers that are left out of the verdict */
    /* waiting for it */
    unsigned wait_for; /* a bit for each enum offer_state, and WAIT_FOR_LIVE; 0: any end */
    bool wait_any, from_now, no_fail_fast, until_settled;
    int64_t timeout_ms; /* WAIT_ONE_READ, WAIT_FOR_EVER */
    int64_t settle_ms, appear_ms, max_outage_ms, interval_ms;
    int64_t heartbeat_ms; /* WAIT_FOR_EVER: not given */
    const char *on_change;
    bool wants_no_view;  /* --no-progress: lines in place of the live view.  Not an option */
    int64_t deadline_ms; /* of all requests, by the transport's clock; 0: none.  Not an option */
    /* Called a few times a second while requests are under way; NULL: not called.  Returning false
     * ends them all at once.  Not an option. */
    bool (*tick)(void *user);
    void *tick_user;
    /* output */
    const struct render_format *format;
    struct texts fields;
    struct texts reports; /* FORMAT=FILE each */
    const char *jq;       /* a jq expression to filter the JSON, or NULL */
    const char *pager;    /* NULL: PAGER, or the usual one */
    bool no_pager, no_header, ascii;
    enum when color;
    enum time_choice time;
    unsigned width; /* 0: never cut; WIDTH_OF_TERMINAL */
    /* a recording */
    const char *har; /* its file, or NULL */
    bool har_names;
    const char *now;       /* the time to use as now, or NULL: the clock's */
    struct har *recording; /* NULL: none.  Not an option */
    int har_failed;        /* exit code when it failed, else 0.  Not an option */
    /* stderr */
    bool no_progress, quiet, verbose, debug;
    /* the record */
    enum when record; /* WHEN_NEVER: it is not read either */
    bool exit_code;   /* exit with 13 when something has changed */
    bool changed;     /* only offers that differ from the record */
    /* of one command each */
    const char *job, *step;
    bool print, paginate, show_origin, all;
    /* the command line as a whole */
    bool help, version;
    const char *profile, *lang;

    /* The named file or profile does not exist yet, which is no error for `config` and `auth`. */
    struct error missing_config;
    struct setting_source *sources; /* one for each row of option_rows.c */
    struct arena texts;             /* values of the configuration, and parts of comma lists */
};

#endif
