/* canned.h - answers that the scenario gives word for word ("answers"). */
#ifndef EMULATOR_CANNED_H
#define EMULATOR_CANNED_H

#include "reply.h"

#include <cjson/cJSON.h>

/* Replace the reply by the first answer for this path and query that is not used up, if there is
 * one.  query is decoded; times_given has a counter for each answer.  The caller locks. */
void canned_answer(const cJSON *scenario, long *times_given, const char *path, const char *query,
                   struct reply *reply);

#endif
