/* api.h - the three APIs that show the same offers. */
#ifndef EMULATOR_API_H
#define EMULATOR_API_H

/* API_NONE: the token endpoints, and paths that belong to no API. */
enum api { API_CPP, API_INGESTION, API_GRAPH, API_NONE };

/* The name in scenarios and on the command line: "cpp", "ingestion", "graph"; "" for API_NONE. */
const char *api_name(enum api api);

#endif
