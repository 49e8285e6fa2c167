/* state.h - the six publishing states and the closed vocabularies around them. */
#ifndef OFFERSTAT_STATE_H
#define OFFERSTAT_STATE_H

#include <stdbool.h>
#include <stddef.h>

/* The six states; STATE_UNKNOWN says that none of them could be established. */
enum offer_state {
    STATE_NONE,
    STATE_IN_PROGRESS,
    STATE_FAILED,
    STATE_CANCELED,
    STATE_PENDING_SIGNOFF,
    STATE_DELISTED,
    STATE_UNKNOWN
};
#define STATE_COUNT 7
#define ALL_STATES ((1u << STATE_COUNT) - 1)

/* Presence in the marketplace, which is independent of the state. */
enum offer_live { LIVE_UNKNOWN, LIVE_YES, LIVE_NO, LIVE_PREVIEW };
#define LIVE_COUNT 4

/* What is asked of the publisher. */
enum offer_action {
    ACTION_NONE,
    ACTION_WAIT,
    ACTION_FIX,
    ACTION_REPUBLISH,
    ACTION_SIGN_OFF,
    ACTION_LOOK
};
#define ACTION_COUNT 6

/* What a state is based on.  BASIS_NONE: no rule decided.  BASIS_PROVISIONAL: only the list was
 * read; more requests could change the answer. */
enum offer_basis { BASIS_NONE, BASIS_DOCUMENTED, BASIS_CLIENT, BASIS_INFERRED, BASIS_PROVISIONAL };

enum step_status {
    STEP_UNKNOWN,
    STEP_NOT_STARTED,
    STEP_IN_PROGRESS,
    STEP_WAITING_SIGNOFF,
    STEP_WAITING_APPROVAL,
    STEP_BLOCKED,
    STEP_REJECTED,
    STEP_COMPLETE,
    STEP_CANCELED
};
#define STEP_STATUS_COUNT 9

enum message_level { LEVEL_INFORMATION, LEVEL_WARNING, LEVEL_ERROR };

/* Tokens for machines: "in_progress", "yes", "sign_off", "documented", "waiting_signoff", "error".
 * The labels are for people, in their language.  All are static; offer_basis NONE gives NULL. */
const char *state_token(enum offer_state state);
const char *state_label(enum offer_state state);
const char *live_token(enum offer_live live);
const char *live_label(enum offer_live live);
const char *action_token(enum offer_action action);
const char *action_label(enum offer_action action);
const char *basis_token(enum offer_basis basis);
const char *step_status_token(enum step_status status);
const char *step_status_label(enum step_status status);
const char *level_token(enum message_level level);

/* Find a state by token or label (English or translated; "-" included), or a live value by token;
 * case, blanks, '-' and '_' do not count.  "Awaiting publisher sign out" is sign-off, since
 * Microsoft's own page prints it so (cpp-view-status-offer).  False, with *out unchanged, when
 * there is none. */
bool state_parse(const char *text, enum offer_state *out);
bool live_parse(const char *text, enum offer_live *out);

/* The level of a message by any API's word for it; any other word, and NULL, is
 * LEVEL_INFORMATION. */
enum message_level level_of_word(const char *word);

/* The action that a state asks for; blocked: some step is blocked. */
enum offer_action state_action(enum offer_state state, bool blocked);

#endif
