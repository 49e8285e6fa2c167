/* graph.h - the routes of the product ingestion API, /rp/product-ingestion. */
#ifndef EMULATOR_GRAPH_H
#define EMULATOR_GRAPH_H

#include "reply.h"
#include "signin.h"

#include <cjson/cJSON.h>

/* Answer a GET with a token that this API accepts, or say in the reply why not. */
void graph_answer(const cJSON *scenario, const struct request *request, const struct signin *signin,
                  struct reply *reply);

#endif
