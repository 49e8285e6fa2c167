/* jwt.c - JSON web tokens: making one that is signed with a certificate's key, and reading the
 * claims of others.
 *
 * The form of the assertion is that of Microsoft's page "certificate credentials" (2023): RS256,
 * x5t is the SHA-1 of the DER certificate as base64url, aud the token endpoint, iss and sub the
 * client's id, a life of five to ten minutes. */
#define _DEFAULT_SOURCE /* timegm */
#include "auth/source.h"
#include "offerstat/strbuf.h"
#include "json/json.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define LIFE_S 600
#define EARLY_S 60 /* valid from this long ago, for a server whose clock is slow */

/* base64url is base64 with two other digits and no padding. */

static char to_base64url(char digit)
{
    switch (digit) {
    case '+':
        return '-';
    case '/':
        return '_';
    default:
        return digit;
    }
}

static char from_base64url(char digit)
{
    switch (digit) {
    case '-':
        return '+';
    case '_':
        return '/';
    default:
        return digit;
    }
}

void jwt_put_base64url(struct strbuf *out, const unsigned char *data, size_t len)
{
    size_t start = out->len;
    char *to = strbuf_extend(out, (len + 2) / 3 * 4);

    if (to == NULL) {
        return;
    }
    EVP_EncodeBlock((unsigned char *)to, data, (int)len);
    for (; *to != '\0' && *to != '='; to++) {
        *to = to_base64url(*to);
    }
    out->len = start + (size_t)(to - (out->data + start));
    *to = '\0';
}

/* Append the text that is encoded in from, up to its first NUL.  False when it is not base64url. */
static bool get_base64url(struct strbuf *out, const char *from, size_t len)
{
    struct strbuf padded = STRBUF_SECRET((size_t)256 * 1024);
    unsigned char *to = NULL;
    int decoded = -1;

    for (size_t i = 0; i < len; i++) {
        char digit = from_base64url(from[i]);
        strbuf_append(&padded, &digit, 1);
    }
    strbuf_append(&padded, "===", (4 - len % 4) % 4);
    if (!padded.failed) {
        to = (unsigned char *)strbuf_extend(out, padded.len / 4 * 3);
    }
    if (to != NULL) {
        decoded = EVP_DecodeBlock(to, (const unsigned char *)strbuf_text(&padded), (int)padded.len);
    }
    if (decoded >= 0) {
        out->len = strnlen(strbuf_text(out), out->len); /* EVP_DecodeBlock gives NUL for padding */
    }
    strbuf_clear(&padded);
    return decoded >= 0;
}

/* Copy a claim, unless an earlier one was found; a longer text is left out, not cut. */
static void copy_claim(const cJSON *claims, const char *name, char *to, size_t size)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, name));

    if (to[0] == '\0' && text != NULL && strlen(text) < size) {
        memcpy(to, text, strlen(text) + 1);
    }
}

/* Unix time in ms; 0: not there. */
static int64_t time_claim(const cJSON *claims, const char *name)
{
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(claims, name);

    if (cJSON_IsNumber(seconds) && seconds->valuedouble > 0 && seconds->valuedouble < 1e11) {
        return (int64_t)seconds->valuedouble * 1000;
    }
    return 0;
}

/* The texts of a list, separated by blanks, as many as fit. */
static void copy_list(const cJSON *claims, const char *name, char *to, size_t size)
{
    const cJSON *item;
    size_t len = 0;

    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(claims, name))
    {
        const char *text = cJSON_GetStringValue(item);
        if (text != NULL && len + strlen(text) + 2 < size) {
            len += (size_t)snprintf(to + len, size - len, "%s%s", len > 0 ? " " : "", text);
        }
    }
}

void jwt_read(const char *token, struct jwt_claims *out)
{
    const char *payload = strchr(token, '.');
    struct strbuf text = STRBUF_SECRET((size_t)256 * 1024);
    struct arena parsed = ARENA_INIT;
    struct error ignored = ERROR_INIT;
    const cJSON *claims = NULL;

    *out = (struct jwt_claims){ 0 };
    if (payload != NULL && get_base64url(&text, payload + 1, strcspn(payload + 1, "."))) {
        claims = json_parse(strbuf_text(&text), text.len, NULL, &parsed, &ignored);
    }
    out->start_ms = time_claim(claims, "nbf");
    out->end_ms = time_claim(claims, "exp");
    copy_claim(claims, "upn", out->user, sizeof(out->user));
    copy_claim(claims, "preferred_username", out->user, sizeof(out->user));
    copy_claim(claims, "unique_name", out->user, sizeof(out->user));
    copy_claim(claims, "app_displayname", out->client_name, sizeof(out->client_name));
    copy_claim(claims, "appid", out->client, sizeof(out->client));
    copy_claim(claims, "azp", out->client, sizeof(out->client)); /* the name in version 2 */
    copy_claim(claims, "aud", out->audience, sizeof(out->audience));
    copy_claim(claims, "tid", out->tenant, sizeof(out->tenant));
    copy_claim(claims, "scp", out->scopes, sizeof(out->scopes));
    copy_list(claims, "roles", out->roles, sizeof(out->roles));
    arena_clear(&parsed);
    strbuf_clear(&text);
}

/* Called for an encrypted key.  Fails at once, where libcrypto's own would ask at the terminal. */
/* NOLINTNEXTLINE(readability-non-const-parameter): pem_password_cb */
static int jwt_no_password(char *buffer, int size, int writing, void *user)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)user;
    return -1;
}

/* The certificate that belongs to the key, wherever it stands among those of its issuers.  *any
 * shows whether there is a certificate at all. */
static X509 *read_certificate(FILE *file, const EVP_PKEY *key, bool *any)
{
    X509 *certificate;

    *any = false;
    rewind(file);
    while ((certificate = PEM_read_X509(file, NULL, jwt_no_password, NULL)) != NULL) {
        *any = true;
        if (key != NULL && X509_check_private_key(certificate, key) == 1) {
            break;
        }
        X509_free(certificate);
    }
    ERR_clear_error(); /* errors of the end of the file, and of keys that do not match */
    return certificate;
}

/* Read the key and its certificate from a PEM file, in any order; they are the caller's to free. 0,
 * or -1 with *err (ERR_AUTH). */
static int read_pem(const char *path, EVP_PKEY **key, X509 **certificate, struct error *err)
{
    struct stat about;
    FILE *file = NULL;
    bool any;

    *key = NULL;
    *certificate = NULL;
    if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) { /* a FIFO would block */
        file = fopen(path, "re");
    }
    if (file == NULL) {
        return error_set(err, ERR_AUTH, "%s cannot be read", path);
    }
    *key = PEM_read_PrivateKey(file, NULL, jwt_no_password, NULL);
    *certificate = read_certificate(file, *key, &any);
    fclose(file);
    if (!any) {
        error_set(err, ERR_AUTH, "%s: no certificate in PEM form", path);
    } else if (*key == NULL) {
        error_set(err, ERR_AUTH, "%s: no private key in PEM form without a passphrase", path);
    } else if (EVP_PKEY_base_id(*key) != EVP_PKEY_RSA) {
        error_set(err, ERR_AUTH, "%s: the key is not an RSA key", path);
    } else if (*certificate == NULL) {
        error_set(err, ERR_AUTH, "%s: the key does not belong to the certificate", path);
    } else {
        return 0;
    }
    EVP_PKEY_free(*key);
    X509_free(*certificate);
    return -1;
}

int jwt_certificate_end(const char *pem_file, int64_t *end_ms, struct error *err)
{
    EVP_PKEY *key;
    X509 *certificate;
    struct tm end = { 0 };
    int rc = 0;

    if (read_pem(pem_file, &key, &certificate, err) != 0) {
        return -1;
    }
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1) {
        *end_ms = (int64_t)timegm(&end) * 1000;
    } else {
        rc = error_set(err, ERR_AUTH, "%s: the certificate has no expiry date", pem_file);
    }
    EVP_PKEY_free(key);
    X509_free(certificate);
    return rc;
}

/* The header, encoded. */
static void put_header(struct strbuf *out, const X509 *certificate)
{
    struct strbuf json = STRBUF_INIT(1024);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (X509_digest(certificate, EVP_sha1(), digest, &len) == 1) {
        strbuf_puts(&json, "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t\":\"");
        jwt_put_base64url(&json, digest, len);
        strbuf_puts(&json, "\"}");
        jwt_put_base64url(out, (const unsigned char *)strbuf_text(&json), json.len);
    }
    out->failed = out->failed || json.failed || len == 0;
    strbuf_clear(&json);
}

/* The claims, encoded. */
static void put_claims(struct strbuf *out, const char *client_id, const char *audience,
                       int64_t now_s)
{
    cJSON *claims = cJSON_CreateObject();
    unsigned char random[16];
    char id[40], *text = NULL;
    bool ok = RAND_bytes(random, sizeof(random)) == 1;

    /* A random GUID (RFC 9562, version 4): jti must be another one each time. */
    random[6] = (unsigned char)((random[6] & 0x0F) | 0x40);
    random[8] = (unsigned char)((random[8] & 0x3F) | 0x80);
    snprintf(id, sizeof(id), "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             random[0], random[1], random[2], random[3], random[4], random[5], random[6], random[7],
             random[8], random[9], random[10], random[11], random[12], random[13], random[14],
             random[15]);
    ok = ok && cJSON_AddStringToObject(claims, "aud", audience) != NULL &&
         cJSON_AddStringToObject(claims, "iss", client_id) != NULL &&
         cJSON_AddStringToObject(claims, "sub", client_id) != NULL &&
         cJSON_AddStringToObject(claims, "jti", id) != NULL &&
         cJSON_AddNumberToObject(claims, "nbf", (double)(now_s - EARLY_S)) != NULL &&
         cJSON_AddNumberToObject(claims, "iat", (double)now_s) != NULL &&
         cJSON_AddNumberToObject(claims, "exp", (double)(now_s + LIFE_S)) != NULL;
    if (ok) {
        text = cJSON_PrintUnformatted(claims);
    }
    if (text != NULL) {
        jwt_put_base64url(out, (const unsigned char *)text, strlen(text));
    }
    out->failed = out->failed || text == NULL;
    cJSON_free(text);
    cJSON_Delete(claims);
}

/* The signature of all that out has, after a dot. */
static void put_signature(struct strbuf *out, EVP_PKEY *key)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[1024];
    size_t len = sizeof(signature);
    bool ok = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestSign(context, signature, &len, (const unsigned char *)strbuf_text(out),
                             out->len) == 1;

    strbuf_puts(out, ".");
    if (ok) {
        jwt_put_base64url(out, signature, len);
    }
    out->failed = out->failed || !ok;
    EVP_MD_CTX_free(context);
}

int jwt_assertion(const char *pem_file, const char *client_id, const char *audience, int64_t now_ms,
                  char **out, struct error *err)
{
    struct strbuf token = STRBUF_SECRET((size_t)64 * 1024);
    EVP_PKEY *key;
    X509 *certificate;

    if (read_pem(pem_file, &key, &certificate, err) != 0) {
        return -1;
    }
    put_header(&token, certificate);
    strbuf_puts(&token, ".");
    put_claims(&token, client_id, audience, now_ms / 1000);
    put_signature(&token, key);
    EVP_PKEY_free(key);
    X509_free(certificate);
    if (token.failed) {
        strbuf_clear(&token);
        return error_set(err, ERR_BUG, "cannot sign with %s", pem_file);
    }
    *out = token.data; /* the caller's now */
    return 0;
}
