/* cpp.h - the routes of the Cloud Partner Portal, /api/publishers. */
#ifndef EMULATOR_CPP_H
#define EMULATOR_CPP_H

#include "reply.h"
#include "signin.h"

#include <cjson/cJSON.h>

/* Answer a GET with a token that this API accepts, or say in the reply why not. */
void cpp_answer(const cJSON *scenario, const struct request *request, const struct signin *signin,
                struct reply *reply);

#endif
