/* core_file.c - no core file may hold a secret. */
#include "core_file.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* No core file while a secret is in memory.  The limit alone does not stop a core pattern that
 * pipes to a program, as systemd's does.  A process that is not dumpable is also closed to other
 * processes of the user, debuggers included. */
void forbid_core_file(bool debug)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    if (!debug) {
        prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
    }
}
