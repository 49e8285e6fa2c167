/* core_file.c - no core file may hold a secret. */
#include "core_file.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* No core file while a secret is held.  The limit alone does not bind a core pattern that pipes, as
 * systemd's does; not to be dumpable also keeps other processes of the user out, debuggers too. */
void forbid_core_file(bool debug)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    if (!debug) {
        prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
    }
}
