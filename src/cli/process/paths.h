/* paths.h - environment variables, and where the user's files are. */
#ifndef PROCESS_PATHS_H
#define PROCESS_PATHS_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>

/* A variable of the environment, NULL where it is missing or empty. */
const char *env_text(const char *name);

/* Append the path of a file in $XDG_CONFIG_HOME/offerstat (default ~/.config).  False where neither
 * that nor HOME is an absolute path. */
bool paths_config(struct strbuf *out, const char *name);

/* The same in $XDG_STATE_HOME/offerstat (default ~/.local/state). */
bool paths_state(struct strbuf *out, const char *name);

/* Append the path of a profile's login file (NULL: that of no profile), likewise. */
bool paths_login(struct strbuf *out, const char *profile);

/* Make those folders, for their owner alone.  -1 with *err. */
int paths_make_config(struct error *err);
int paths_make_state(struct error *err);

#endif
