/* ingestion.h - the routes of the Partner Center ingestion API, /v1.0/ingestion. */
#ifndef EMULATOR_INGESTION_H
#define EMULATOR_INGESTION_H

#include "reply.h"
#include "signin.h"

#include <cjson/cJSON.h>

/* Answer a GET with a token that this API accepts, or say in the reply why not. */
void ingestion_answer(const cJSON *scenario, const struct request *request,
                      const struct signin *signin, struct reply *reply);

#endif
