/* core_file.h - no core file may hold a secret. */
#ifndef PROCESS_CORE_FILE_H
#define PROCESS_CORE_FILE_H

#include <stdbool.h>

/* To be called before a secret is read; with debug the process stays open to debuggers. */
void forbid_core_file(bool debug);

#endif
