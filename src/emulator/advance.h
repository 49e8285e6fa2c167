/* advance.h - a scenario after some time of the portal has passed (option --speed). */
#ifndef EMULATOR_ADVANCE_H
#define EMULATOR_ADVANCE_H

#include <cjson/cJSON.h>
#include <stdint.h>

/* A copy of the scenario as it is elapsed_ms after start_ms, for the caller to free.  What does not
 * change is shared with the scenario, which must outlive the copy. */
cJSON *advance_scenario(cJSON *scenario, int64_t start_ms, int64_t elapsed_ms);

#endif
