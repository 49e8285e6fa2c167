/* fuzz_scenario.c - scenario files of the emulator. */
#include "fuzz.h"
#include "scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    cJSON *scenario = scenario_parse((const char *)data, size, &err);

    cJSON_Delete(scenario);
    return 0;
}
