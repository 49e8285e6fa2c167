/* replay.h - answers from a recording in place of a scenario. */
#ifndef EMULATOR_REPLAY_H
#define EMULATOR_REPLAY_H

#include "har.h"
#include "reply.h"

#include <stdbool.h>
#include <stdint.h>

/* Answer as it was recorded: a request that was made several times in the recorded order, and then
 * the last of them again; one that was not made is 404 and said on stderr.  Recorded origins become
 * the emulator's.  The caller locks. */
void replay_answer(struct har *har, const struct request *request, uint16_t port,
                   struct reply *reply);

/* What the command needs to ask for what was recorded, in the way it was: the endpoint with its
 * prefix, the time, and a token where none was fetched and one API was asked.  *sign_in: whether it
 * has to fetch tokens.  0, or -1 out of memory. */
int replay_set_environment(const struct har *har, uint16_t port, bool *sign_in);

#endif
