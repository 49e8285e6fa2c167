/* signin_login.c - a token for a person, by the refresh token in the file that `auth login` has
 * written (signin_device.c). */
#define _GNU_SOURCE /* O_NOFOLLOW, O_CLOEXEC, mkostemp */
#include "auth/signin_login.h"

#include "auth/oauth.h"
#include "http/form.h"
#include "offerstat/secret.h"
#include "json/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOGIN_FILE_MAX ((size_t)64 * 1024)

bool login_takes_people(const struct signin *s)
{
    return s->options.person_scope != NULL;
}

/* Add the scope field for a person; offline_access gets a refresh token. */
void login_put_scope(const struct signin *s, struct strbuf *form)
{
    struct strbuf scope = STRBUF_INIT(256);

    strbuf_printf(&scope, "%s/%s offline_access", s->options.audience, s->options.person_scope);
    form_add(form, "scope", strbuf_text(&scope));
    strbuf_drop(form, &scope);
}

static enum source_state login_look(const struct signin *s, struct error *err)
{
    if (s->options.login_file == NULL || access(s->options.login_file, F_OK) != 0) {
        error_set(err, ERR_AUTH, "`offerstat auth login` was not run");
        return SOURCE_ABSENT;
    }
    if (!login_takes_people(s)) {
        error_set(err, ERR_AUTH, "this API accepts no person's tokens");
        return SOURCE_ABSENT;
    }
    return SOURCE_THERE;
}

/* Append the file to text.  Refused unless it is a regular file of this user that no one else may
 * read: otherwise another user may have put it there, or have read the token. */
static int read_file(const char *path, struct strbuf *text, struct error *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat about;
    char piece[4096];
    ssize_t len;
    int rc = -1;

    if (fd < 0 || fstat(fd, &about) != 0) {
        error_set(err, ERR_AUTH, "%s: %s", path, strerror(errno));
    } else if (!S_ISREG(about.st_mode) || about.st_uid != geteuid()) {
        error_set(err, ERR_AUTH, "%s: this is not your own file; remove it and sign in again",
                  path);
    } else if ((about.st_mode & 077) != 0) {
        error_set(err, ERR_AUTH,
                  "%s: others may read it (mode %03o): change the sign-in at the service, then "
                  "run `offerstat auth login` again",
                  path, (unsigned)(about.st_mode & 0777));
    } else {
        while ((len = read(fd, piece, sizeof(piece))) > 0) {
            strbuf_append(text, piece, (size_t)len);
        }
        if (len < 0 || text->failed) {
            error_set(err, ERR_AUTH, "%s: cannot be read", path);
        } else {
            rc = 0;
        }
    }
    secret_wipe(piece, sizeof(piece));
    if (fd >= 0) {
        close(fd);
    }
    return rc;
}

static int read_login(const char *path, struct arena *a, struct login *out, struct error *err)
{
    struct strbuf text = STRBUF_INIT(LOGIN_FILE_MAX);
    struct error bad = ERROR_INIT;
    const cJSON *doc = NULL;
    int rc = read_file(path, &text, err);

    if (rc == 0) {
        doc = json_parse(strbuf_text(&text), text.len, NULL, a, &bad);
        if (!cJSON_IsObject(doc) || json_text(doc, "", "tenant", &out->tenant, &bad) != 0 ||
            json_text(doc, "", "client", &out->client, &bad) != 0 ||
            json_text(doc, "", "refreshToken", &out->refresh, &bad) != 0 || out->tenant == NULL ||
            out->client == NULL || out->refresh == NULL) {
            rc =
                error_set(err, ERR_AUTH,
                          "%s: this file is not a sign-in; run `offerstat auth login` again", path);
        }
    }
    form_clear(&text);
    return rc;
}

int login_write(const char *path, const struct login *login, struct error *err)
{
    struct strbuf name = STRBUF_INIT(8192);
    cJSON *doc = cJSON_CreateObject();
    const cJSON *kept;
    char *text = NULL;
    int fd = -1, rc = -1;

    strbuf_printf(&name, "%s.XXXXXX", path);
    if (cJSON_AddStringToObject(doc, "tenant", login->tenant) != NULL &&
        cJSON_AddStringToObject(doc, "client", login->client) != NULL &&
        cJSON_AddStringToObject(doc, "refreshToken", login->refresh) != NULL) {
        text = cJSON_Print(doc);
    }
    if (text == NULL || name.failed) {
        error_memory(err);
        goto done;
    }
    fd = mkostemp(name.data, O_CLOEXEC); /* mode 0600, with a unique name */
    if (fd < 0) {
        error_set(err, ERR_OUTPUT, "%s: %s", path, strerror(errno));
        goto done;
    }
    if (write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fsync(fd) != 0 ||
        rename(name.data, path) != 0) {
        error_set(err, ERR_OUTPUT, "%s: %s", path, strerror(errno));
        unlink(name.data);
        goto done;
    }
    rc = 0;
done:
    if (fd >= 0) {
        close(fd);
    }
    if (text != NULL) {
        secret_wipe(text, strlen(text));
    }
    cJSON_free(text);
    kept = cJSON_GetObjectItemCaseSensitive(doc, "refreshToken");
    if (cJSON_IsString(kept)) {
        secret_wipe(kept->valuestring, strlen(kept->valuestring));
    }
    cJSON_Delete(doc);
    strbuf_clear(&name);
    return rc;
}

/* Get an access token for the refresh token. */
static int redeem(struct signin *s, const struct login *login, struct token *out, struct error *err)
{
    struct strbuf form = STRBUF_INIT((size_t)128 * 1024);
    char word[64];
    int rc = -1;

    strbuf_puts(&form, "grant_type=refresh_token");
    form_add(&form, "client_id", login->client);
    form_add(&form, "refresh_token", login->refresh);
    login_put_scope(s, &form);
    if (form.failed) {
        error_memory(err);
    } else if (signin_hide(s, login->refresh, err) == 0) {
        rc = oauth_exchange(s, login->tenant, strbuf_text(&form), out, word, err);
    }
    form_clear(&form);
    return rc;
}

/* A new refresh token replaces the old one, which the service may no longer accept.  If it cannot
 * be written, the access token is still valid. */
static void keep_refresh_token(struct signin *s, struct login *login, const struct token *fresh)
{
    struct error err = ERROR_INIT;

    if (fresh->refresh == NULL || strcmp(fresh->refresh, login->refresh) == 0) {
        return;
    }
    login->refresh = fresh->refresh;
    if (login_write(s->options.login_file, login, &err) != 0 && s->options.warn != NULL) {
        error_wrap(&err, "login: the renewed sign-in cannot be kept");
        error_append(&err, "; `offerstat auth login` may be needed next time");
        s->options.warn(s->options.user, error_text(&err));
    }
}

static int login_get_token(struct signin *s, struct token *out, struct error *err)
{
    struct arena parsed = ARENA_INIT;
    struct login login = { 0 };
    int rc = -1;

    if (read_login(s->options.login_file, &parsed, &login, err) == 0 && login.refresh != NULL) {
        rc = redeem(s, &login, out, err);
        if (rc == 0) {
            keep_refresh_token(s, &login, out);
        }
    }
    arena_wipe(&parsed);
    return rc;
}

static void login_origin(const struct signin *s, char *out, size_t size)
{
    snprintf(out, size, "%s", s->options.login_file);
}

const struct signin_method signin_login = { .name = "login",
                                            .look = login_look,
                                            .get = login_get_token,
                                            .origin = login_origin,
                                            .renews = true };
