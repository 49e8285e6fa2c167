/* scenario.h - what the portal holds: a JSON document that docs/emulator.md describes. */
#ifndef EMULATOR_SCENARIO_H
#define EMULATOR_SCENARIO_H

#include "offerstat/error.h"

#include <cjson/cJSON.h>
#include <stddef.h>

/* Each returns a checked document for the caller to free, or NULL with *err.  After the check no
 * other file has to ask whether a member has the right kind, or whether a required one is there. */
cJSON *scenario_parse(const char *text, size_t len, struct error *err);
cJSON *scenario_load(const char *file, struct error *err);
cJSON *scenario_demo(struct error *err);

#endif
