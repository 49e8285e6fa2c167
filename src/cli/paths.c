/* paths.c - where the configuration lives. */
#include "paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *env_text(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

bool paths_config(struct strbuf *out, const char *name)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (base != NULL && *base == '/') { /* the specification: relative ones do not count */
        strbuf_puts(out, base);
    } else if (home != NULL && *home == '/') {
        strbuf_puts(out, home);
        strbuf_puts(out, "/.config");
    } else {
        return false;
    }
    strbuf_puts(out, "/offerstat/");
    strbuf_puts(out, name);
    return true;
}

bool paths_login(struct strbuf *out, const char *profile)
{
    if (!paths_config(out, "login")) {
        return false;
    }
    if (profile != NULL) {
        strbuf_puts(out, "-");
        strbuf_puts(out, profile);
    }
    strbuf_puts(out, ".json");
    return true;
}

int paths_make_config(struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096);
    int rc = 0;

    if (!paths_config(&path, "") || path.failed) {
        strbuf_clear(&path);
        return error_set(err, ERR_USAGE, "neither XDG_CONFIG_HOME nor HOME is set");
    }
    for (char *slash = strchr(path.data + 1, '/'); rc == 0 && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path.data, 0700) != 0 && errno != EEXIST) {
            rc = error_set(err, ERR_OUTPUT, "%s: %s", path.data, strerror(errno));
        }
        *slash = '/';
    }
    strbuf_clear(&path);
    return rc;
}
