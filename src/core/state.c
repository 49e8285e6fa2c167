/* state.c - tokens, labels and the action of each state. */
#include "offerstat/state.h"

#include "offerstat/text.h"
#include "offerstat/translate.h"
#include "offerstat/word.h"

static const struct {
    const char *token, *label;
} states[STATE_COUNT] = {
    [STATE_NONE] = { "none", "-" },
    [STATE_IN_PROGRESS] = { "in_progress", N_("Publish in progress") },
    [STATE_FAILED] = { "failed", N_("Publish failed") },
    [STATE_CANCELED] = { "canceled", N_("Publish canceled") },
    [STATE_PENDING_SIGNOFF] = { "pending_signoff", N_("Pending publisher sign-off") },
    [STATE_DELISTED] = { "delisted", N_("Delisted") },
    [STATE_UNKNOWN] = { "unknown", N_("Unknown") },
};

/* Labels for people are the translations of these tokens. */
static const char *const lives[LIVE_COUNT] = {
    [LIVE_UNKNOWN] = N_("unknown"),
    [LIVE_YES] = N_("yes"),
    [LIVE_NO] = N_("no"),
    [LIVE_PREVIEW] = N_("preview"),
};

static const char *const actions[ACTION_COUNT] = {
    [ACTION_NONE] = N_("none"),         [ACTION_WAIT] = N_("wait"),
    [ACTION_FIX] = N_("fix"),           [ACTION_REPUBLISH] = N_("republish"),
    [ACTION_SIGN_OFF] = N_("sign_off"), [ACTION_LOOK] = N_("look"),
};

static const struct {
    const char *token, *label;
} step_statuses[STEP_STATUS_COUNT] = {
    [STEP_UNKNOWN] = { "unknown", N_("unknown") },
    [STEP_NOT_STARTED] = { "not_started", N_("not started") },
    [STEP_IN_PROGRESS] = { "in_progress", N_("in progress") },
    [STEP_WAITING_SIGNOFF] = { "waiting_signoff", N_("waiting for sign-off") },
    [STEP_WAITING_APPROVAL] = { "waiting_approval", N_("waiting for approval") },
    [STEP_BLOCKED] = { "blocked", N_("blocked") },
    [STEP_REJECTED] = { "rejected", N_("rejected") },
    [STEP_COMPLETE] = { "complete", N_("complete") },
    [STEP_CANCELED] = { "canceled", N_("canceled") },
};

const char *state_token(enum offer_state state)
{
    return states[state].token;
}

const char *state_label(enum offer_state state)
{
    const char *label = states[state].label;

    return state != STATE_NONE ? _(label) : label;
}

const char *live_token(enum offer_live live)
{
    return lives[live];
}

const char *live_label(enum offer_live live)
{
    return _(lives[live]);
}

const char *action_token(enum offer_action action)
{
    return actions[action];
}

const char *action_label(enum offer_action action)
{
    return _(actions[action]);
}

const char *basis_token(enum offer_basis basis)
{
    switch (basis) {
    case BASIS_NONE:
        return NULL;
    case BASIS_DOCUMENTED:
        return "documented";
    case BASIS_CLIENT:
        return "client";
    case BASIS_INFERRED:
        return "inferred";
    case BASIS_PROVISIONAL:
        return "provisional";
    }
    return NULL;
}

const char *step_status_token(enum step_status status)
{
    return step_statuses[status].token;
}

const char *step_status_label(enum step_status status)
{
    return _(step_statuses[status].label);
}

const char *level_token(enum message_level level)
{
    switch (level) {
    case LEVEL_INFORMATION:
        return "information";
    case LEVEL_WARNING:
        return "warning";
    case LEVEL_ERROR:
        return "error";
    }
    return "information";
}

enum message_level level_of_word(const char *word)
{
    if (word_equal(word, "error") || word_equal(word, "critical")) {
        return LEVEL_ERROR;
    }
    if (word_equal(word, "warning")) {
        return LEVEL_WARNING;
    }
    return LEVEL_INFORMATION;
}

bool state_parse(const char *text, enum offer_state *out)
{
    if (text_equal_nocase(text, "-")) { /* word_equal drops the dash */
        *out = STATE_NONE;
        return true;
    }
    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (word_equal(text, states[i].token) ||
            (i != STATE_NONE &&
             (word_equal(text, states[i].label) || word_equal(text, _(states[i].label))))) {
            *out = (enum offer_state)i;
            return true;
        }
    }
    if (word_equal(text, "awaiting publisher sign out")) {
        *out = STATE_PENDING_SIGNOFF;
        return true;
    }
    return false;
}

bool live_parse(const char *text, enum offer_live *out)
{
    for (size_t i = 0; i < LIVE_COUNT; i++) {
        if (word_equal(text, lives[i])) {
            *out = (enum offer_live)i;
            return true;
        }
    }
    return false;
}

enum offer_action state_action(enum offer_state state, bool blocked)
{
    switch (state) {
    case STATE_NONE:
    case STATE_DELISTED:
        return ACTION_NONE;
    case STATE_IN_PROGRESS:
        return blocked ? ACTION_FIX : ACTION_WAIT;
    case STATE_FAILED:
        return ACTION_FIX;
    case STATE_CANCELED:
        return ACTION_REPUBLISH;
    case STATE_PENDING_SIGNOFF:
        return ACTION_SIGN_OFF;
    case STATE_UNKNOWN:
        return ACTION_LOOK;
    }
    return ACTION_LOOK;
}
