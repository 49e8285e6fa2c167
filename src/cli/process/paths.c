/* paths.c - where the configuration and the record are. */
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

/* By the XDG base directory specification relative paths are ignored. */
static bool put_path(struct strbuf *out, const char *variable, const char *in_home,
                     const char *name)
{
    const char *base = getenv(variable);
    const char *home = getenv("HOME");

    if (base != NULL && *base == '/') {
        strbuf_puts(out, base);
    } else if (home != NULL && *home == '/') {
        strbuf_puts(out, home);
        strbuf_puts(out, in_home);
    } else {
        return false;
    }
    strbuf_puts(out, "/offerstat/");
    strbuf_puts(out, name);
    return true;
}

bool paths_config(struct strbuf *out, const char *name)
{
    return put_path(out, "XDG_CONFIG_HOME", "/.config", name);
}

bool paths_state(struct strbuf *out, const char *name)
{
    return put_path(out, "XDG_STATE_HOME", "/.local/state", name);
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

/* Make each folder of a path that is missing. */
static int make_folders(char *path, struct error *err)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST) {
            return error_set(err, ERR_OUTPUT, "%s: %s", path, strerror(errno));
        }
        *slash = '/';
    }
    return 0;
}

int paths_make_config(struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096);
    int rc;

    if (!paths_config(&path, "")) {
        rc = error_set(err, ERR_USAGE, "neither XDG_CONFIG_HOME nor HOME is set");
    } else if (path.failed) {
        rc = error_memory(err);
    } else {
        rc = make_folders(path.data, err);
    }
    strbuf_clear(&path);
    return rc;
}

int paths_make_state(struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096);
    int rc;

    if (!paths_state(&path, "")) {
        rc = error_set(err, ERR_OUTPUT, "the record: neither XDG_STATE_HOME nor HOME is set");
    } else if (path.failed) {
        rc = error_memory(err);
    } else {
        rc = make_folders(path.data, err);
        if (rc != 0) {
            error_wrap(err, "the record");
        }
    }
    strbuf_clear(&path);
    return rc;
}
