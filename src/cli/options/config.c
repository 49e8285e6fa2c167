/* config.c - the configuration file, read by inih and changed line by line. */
#define _GNU_SOURCE /* O_CLOEXEC, getline */
#include "config.h"

#include "options.h"
#include "process/paths.h"
#include "terminal/say.h"

#include "offerstat/typo.h"
#include "offerstat/word.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTION "profile "
#define LINE_MAX_KEPT 190

int config_path(struct strbuf *out, struct error *err)
{
    const char *named = env_text("OFFERSTAT_CONFIG");
    bool found = true;

    if (named != NULL) {
        strbuf_puts(out, named);
    } else {
        found = paths_config(out, "config");
    }
    if (!found) {
        return error_set(err, ERR_USAGE, "neither XDG_CONFIG_HOME nor HOME is set");
    }
    if (out->failed) {
        return error_memory(err);
    }
    return 0;
}

/* One pass over the file.  inih does not say on which line a key is, so lines are counted as it
 * reads them. */
struct pass {
    FILE *file;
    const char *path, *section; /* section: the one whose keys are wanted; "": above all sections */
    unsigned line;
    bool too_long, seen;
    int (*visit)(void *user, const struct config_key *key, struct error *err);
    void *user;
    struct error *err;
    int rc;
};

static char *config_on_next_line(char *to, int size, void *user)
{
    struct pass *p = user;
    char *line = fgets(to, size, p->file);

    if (line != NULL) {
        p->line++;
        if (strchr(line, '\n') == NULL && !feof(p->file)) {
            p->too_long = true;
            return NULL;
        }
        /* To inih an indented line continues the value above it. */
        memmove(line, line + strspn(line, " \t"), strlen(line + strspn(line, " \t")) + 1);
    }
    return line;
}

static int config_on_key(void *user, const char *section, const char *name, const char *value)
{
    struct pass *p = user;
    const struct config_key key = { p->path, name, value != NULL ? value : "", p->line };

    p->seen = p->seen || strcmp(section, p->section) == 0;
    if (*section != '\0' && strncmp(section, SECTION, strlen(SECTION)) != 0 &&
        *p->section == '\0') {
        say_warning("%s:%u: unknown section [%s]; expected [profile NAME]", p->path, p->line,
                    section);
    }
    if (p->rc == 0 && strcmp(section, p->section) == 0) {
        p->rc = p->visit(p->user, &key, p->err);
    }
    return 1;
}

static int run_pass(struct pass *p)
{
    int bad;

    rewind(p->file);
    p->line = 0;
    bad = ini_parse_stream(config_on_next_line, p, config_on_key, p);
    if (p->rc != 0) {
        return -1;
    }
    if (ferror(p->file)) {
        return error_set(p->err, ERR_USAGE, "%s: cannot be read", p->path);
    }
    if (p->too_long) {
        return error_set(p->err, ERR_USAGE, "%s:%u: the line is too long", p->path, p->line);
    }
    if (bad > 0) {
        return error_set(p->err, ERR_USAGE, "%s:%d: expected key = value or [profile NAME]",
                         p->path, bad);
    }
    if (bad < 0) {
        return error_memory(p->err);
    }
    return 0;
}

static int read_passes(struct pass *p, const char *profile)
{
    struct strbuf section = STRBUF_INIT(1024);
    int rc = run_pass(p);

    if (rc == 0 && profile != NULL) {
        strbuf_puts(&section, SECTION);
        strbuf_puts(&section, profile);
        p->section = strbuf_text(&section);
        p->seen = false;
        rc = section.failed ? error_memory(p->err) : run_pass(p);
        if (rc == 0 && !p->seen) {
            rc = error_set(p->err, ERR_NOT_FOUND, "%s: no [profile %s] with a key in it", p->path,
                           profile);
        }
    }
    strbuf_clear(&section);
    return rc;
}

int config_read(const char *profile,
                int (*visit)(void *user, const struct config_key *key, struct error *err),
                void *user, struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096);
    struct pass p = { .section = "", .visit = visit, .user = user, .err = err };
    struct error nowhere = ERROR_INIT;
    bool named = env_text("OFFERSTAT_CONFIG") != NULL;
    int rc = 0;

    if (config_path(&path, &nowhere) == 0) {
        p.path = strbuf_text(&path);
        p.file = fopen(p.path, "re");
        /* A home that is no directory, such as /dev/null for a daemon, has no file. */
        if (p.file == NULL && ((errno != ENOENT && errno != ENOTDIR) || named)) {
            rc = error_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_USAGE, "%s: %s", p.path,
                           strerror(errno));
        }
    }
    if (p.file != NULL) {
        rc = read_passes(&p, profile);
        fclose(p.file);
    } else if (rc == 0 && profile != NULL) {
        rc = error_set(err, ERR_NOT_FOUND, "no profile \"%s\": there is no configuration file (%s)",
                       profile, path.len > 0 ? strbuf_text(&path) : "no home");
    }
    strbuf_clear(&path);
    return rc;
}

bool config_is_secret(const char *key)
{
    static const char *const secrets[] = { "token", "secret", "client-secret", "password",
                                           "refresh-token" };

    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        if (word_equal(key, secrets[i])) {
            return true;
        }
    }
    return false;
}

const char *config_nearest(const char *key)
{
    const char *names[OPTION_MAX];
    size_t count = 0;

    for (size_t i = 0; i < option_row_count; i++) {
        if (!option_rows[i].not_in_config) {
            names[count++] = option_rows[i].name;
        }
    }
    return word_nearest(key, names, count);
}

int config_refuse(const struct config_key *key, struct error *err)
{
    const char *near = config_nearest(key->name);

    if (config_is_secret(key->name)) {
        return error_set(
            err, ERR_USAGE,
            "%s:%u: a secret does not belong here: use OFFERSTAT_TOKEN, token-file, or "
            "AZURE_CLIENT_SECRET in the environment",
            key->file, key->line);
    }
    if (near != NULL) {
        say_warning("%s:%u: unknown key \"%s\"; did you mean \"%s\"?", key->file, key->line,
                    key->name, near);
    } else {
        say_warning("%s:%u: unknown key \"%s\"", key->file, key->line, key->name);
    }
    return 0;
}

/* Whether a line of the file is "key = ...". */
static bool is_key_line(const char *line, const char *key)
{
    size_t len = strlen(key);

    line += strspn(line, " \t");
    return strncmp(line, key, len) == 0 && line[len + strspn(line + len, " \t")] == '=';
}

/* Copy the file's lines with key = value in the section: in place of the old line, else at the
 * section's end, else in a new section. */
static void copy_with_key(FILE *from, struct strbuf *to, const char *section, const char *key,
                          const char *value)
{
    char *line = NULL;
    size_t size = 0;
    bool inside = *section == '\0', done = false;
    ssize_t len;

    while (from != NULL && (len = getline(&line, &size, from)) >= 0) {
        if (line[strspn(line, " \t")] == '[') {
            if (inside && !done) {
                strbuf_printf(to, "%s = %s\n", key, value);
                done = true;
            }
            inside = strncmp(line + strspn(line, " \t") + 1, section, strlen(section)) == 0 &&
                     line[strspn(line, " \t") + 1 + strlen(section)] == ']' && *section != '\0';
        }
        if (inside && is_key_line(line, key)) {
            if (!done) {
                strbuf_printf(to, "%s = %s\n", key, value);
            }
            done = true;
            continue;
        }
        strbuf_append(to, line, (size_t)len);
        if (len > 0 && line[len - 1] != '\n') {
            strbuf_puts(to, "\n");
        }
    }
    if (!done && !inside) {
        strbuf_printf(to, "%s[%s]\n", to->len > 0 ? "\n" : "", section);
    }
    if (!done) {
        strbuf_printf(to, "%s = %s\n", key, value);
    }
    free(line);
}

static int write_whole(const char *link, const struct strbuf *text, struct error *err)
{
    struct strbuf name = STRBUF_INIT(8192);
    char *target = realpath(link, NULL); /* a symbolic link stays one */
    const char *path = target != NULL ? target : link;
    int fd, rc = 0;

    strbuf_printf(&name, "%s.%ld", path, (long)getpid());
    fd = name.failed ? -1 : open(strbuf_text(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, strbuf_text(text), text->len) != (ssize_t)text->len || fsync(fd) != 0 ||
        rename(strbuf_text(&name), path) != 0) {
        rc = error_set(err, ERR_OUTPUT, "%s: %s", path, strerror(errno));
        unlink(strbuf_text(&name));
    }
    if (fd >= 0) {
        close(fd);
    }
    strbuf_clear(&name);
    free(target);
    return rc;
}

/* What inih found in a line. */
struct read_back {
    const char *key, *value;
    unsigned found, equal;
};

static int config_on_read_back(void *user, const char *section, const char *name, const char *value)
{
    struct read_back *r = user;

    (void)section;
    r->found++;
    if (strcmp(name, r->key) == 0 && value != NULL && strcmp(value, r->value) == 0) {
        r->equal++;
    }
    return 1;
}

/* Whether inih would read the value back unchanged: it limits the length of a line, begins a
 * comment at ';' after white space, and trims. */
static bool can_be_kept(const char *key, const char *value)
{
    struct strbuf line = STRBUF_INIT(LINE_MAX_KEPT);
    struct read_back back = { .key = key, .value = value };
    bool kept = false;

    strbuf_printf(&line, "%s = %s\n", key, value);
    if (!line.failed && *value != '\0' && strchr(value, '\r') == NULL) {
        kept = ini_parse_string(strbuf_text(&line), config_on_read_back, &back) == 0 &&
               back.found == 1 && back.equal == 1;
    }
    strbuf_clear(&line);
    return kept;
}

int config_set(const char *profile, const char *key, const char *value, struct error *err)
{
    struct strbuf path = STRBUF_INIT(4096), text = STRBUF_INIT((size_t)1024 * 1024);
    struct strbuf section = STRBUF_INIT(1024);
    FILE *file = NULL;
    int rc;

    if (!can_be_kept(key, value)) {
        return error_set(err, ERR_USAGE,
                         "%s: the file cannot keep this value (one line of at most 180 "
                         "characters, no ';' after a blank)",
                         key);
    }
    rc = config_path(&path, err);
    if (rc == 0 && env_text("OFFERSTAT_CONFIG") == NULL) {
        rc = paths_make_config(err);
    }
    if (rc == 0) {
        file = fopen(strbuf_text(&path), "re");
        if (file == NULL && errno != ENOENT) {
            rc = error_set(err, ERR_USAGE, "%s: %s", strbuf_text(&path), strerror(errno));
        }
    }
    if (rc == 0) {
        if (profile != NULL) {
            strbuf_puts(&section, SECTION);
            strbuf_puts(&section, profile);
        }
        copy_with_key(file, &text, strbuf_text(&section), key, value);
        if (text.failed || section.failed) {
            rc = error_memory(err);
        } else {
            rc = write_whole(strbuf_text(&path), &text, err);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    strbuf_clear(&section);
    strbuf_clear(&text);
    strbuf_clear(&path);
    return rc;
}
