/* config.h - the configuration file: INI, keys are long names of options, [profile NAME] sections.
 */
#ifndef OPTIONS_CONFIG_H
#define OPTIONS_CONFIG_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>

struct config_key {
    const char *file, *name, *value;
    unsigned line;
};

/* Visit every key above all sections, then every key of the profile (NULL: none), in the order of
 * the file.  A missing file counts as empty unless OFFERSTAT_CONFIG names it or a profile is
 * wanted. -1 with *err: ERR_NOT_FOUND (no such file or profile), ERR_USAGE (a line that cannot be
 * read), or the visitor's. */
int config_read(const char *profile,
                int (*visit)(void *user, const struct config_key *key, struct error *err),
                void *user, struct error *err);

/* Whether a key is the name of a secret, which must not be in the file. */
bool config_is_secret(const char *key);

/* The key that was probably meant, or NULL. */
const char *config_nearest(const char *key);

/* Report a key that is no option: a warning, or -1 with *err when it names a secret. */
int config_refuse(const struct config_key *key, struct error *err);

/* Append the file's path.  0, or -1 with *err when neither XDG_CONFIG_HOME nor HOME says where it
 * is. */
int config_path(struct strbuf *out, struct error *err);

/* Write key = value in the profile's section (NULL: above all sections), leaving all else
 * unchanged. */
int config_set(const char *profile, const char *key, const char *value, struct error *err);

#endif
