/* jwt.c - JSON web tokens: one signed with a certificate's key, and when another one ends.
 *
 * Microsoft's "certificate credentials" page (2023): RS256, x5t is the SHA-1 of the DER
 * certificate, base64url without padding, aud the token endpoint, iss and sub the client's id, five
 * to ten minutes. */
#define _DEFAULT_SOURCE /* timegm */
#include "auth/source.h"
#include "offerstat/strbuf.h"
#include "json/json.h"

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
#define EARLY_S 60 /* clocks differ */

/* base64url is base64 with two other digits and no padding. */
void jwt_put_base64url(struct strbuf *out, const unsigned char *data, size_t len)
{
    size_t start = out->len;
    char *to = strbuf_extend(out, (len + 2) / 3 * 4);

    if (to == NULL) {
        return;
    }
    (void)EVP_EncodeBlock((unsigned char *)to, data, (int)len);
    for (; *to != '\0' && *to != '='; to++) {
        *to = (char)(*to == '+' ? '-' : *to == '/' ? '_' : *to);
    }
    out->len = start + (size_t)(to - (out->data + start));
    *to = '\0';
}

static bool get_base64url(struct strbuf *out, const char *from, size_t len)
{
    struct strbuf padded = STRBUF_INIT((size_t)256 * 1024);
    unsigned char *to;
    int decoded = -1;

    for (size_t i = 0; i < len; i++) {
        char digit = (char)(from[i] == '-' ? '+' : from[i] == '_' ? '/' : from[i]);
        strbuf_append(&padded, &digit, 1);
    }
    strbuf_append(&padded, "===", (4 - len % 4) % 4);
    to = padded.failed ? NULL : (unsigned char *)strbuf_extend(out, padded.len / 4 * 3);
    if (to != NULL) {
        decoded = EVP_DecodeBlock(to, (const unsigned char *)strbuf_text(&padded), (int)padded.len);
    }
    if (decoded >= 0) {
        out->len = strnlen(strbuf_text(out), out->len); /* the padding decodes to NUL */
    }
    strbuf_clear(&padded);
    return decoded >= 0;
}

static void copy_claim(const cJSON *claims, const char *name, char *to, size_t room)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(claims, name));

    if (to[0] == '\0' && text != NULL && strlen(text) < room) {
        memcpy(to, text, strlen(text) + 1);
    }
}

void jwt_read(const char *token, struct jwt_claims *out)
{
    const char *payload = strchr(token, '.');
    struct strbuf text = STRBUF_INIT((size_t)256 * 1024),
                  scratch = STRBUF_INIT((size_t)1024 * 1024);
    struct arena parsed = ARENA_INIT;
    struct error ignored = ERROR_INIT;
    const cJSON *claims = NULL, *end;

    *out = (struct jwt_claims){ 0 };
    if (payload != NULL && get_base64url(&text, payload + 1, strcspn(payload + 1, "."))) {
        claims = json_parse(strbuf_text(&text), text.len, NULL, &scratch, &parsed, &ignored);
    }
    end = cJSON_GetObjectItemCaseSensitive(claims, "exp");
    if (cJSON_IsNumber(end) && end->valuedouble > 0 && end->valuedouble < 1e11) {
        out->end_ms = (int64_t)end->valuedouble * 1000;
    }
    copy_claim(claims, "upn", out->identity, sizeof(out->identity));
    copy_claim(claims, "unique_name", out->identity, sizeof(out->identity));
    copy_claim(claims, "app_displayname", out->identity, sizeof(out->identity));
    copy_claim(claims, "appid", out->client, sizeof(out->client));
    copy_claim(claims, "aud", out->audience, sizeof(out->audience));
    copy_claim(claims, "tid", out->tenant, sizeof(out->tenant));
    arena_clear(&parsed);
    strbuf_clear(&scratch);
    strbuf_clear(&text);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): libcrypto's shape */
static int no_password(char *buffer, int size, int writing, void *user)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)user;
    return -1; /* never ask at a terminal that may not be there */
}

/* Key and certificate of a PEM file, in any order. */
static int read_pem(const char *path, EVP_PKEY **key, X509 **certificate, struct error *err)
{
    struct stat about;
    FILE *file = stat(path, &about) == 0 && S_ISREG(about.st_mode) ? fopen(path, "re") : NULL;

    *key = NULL;
    *certificate = NULL;
    if (file == NULL) {
        return error_set(err, ERR_AUTH, "%s cannot be read", path);
    }
    *key = PEM_read_PrivateKey(file, NULL, no_password, NULL);
    rewind(file);
    *certificate = PEM_read_X509(file, NULL, no_password, NULL);
    fclose(file);
    if (*certificate == NULL) {
        error_set(err, ERR_AUTH, "%s: no certificate in PEM form", path);
    } else if (*key == NULL) {
        error_set(err, ERR_AUTH, "%s: no private key in PEM form without a passphrase", path);
    } else if (EVP_PKEY_base_id(*key) != EVP_PKEY_RSA) {
        error_set(err, ERR_AUTH, "%s: the key is none for RSA", path);
    } else if (X509_check_private_key(*certificate, *key) != 1) {
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
        rc = error_set(err, ERR_AUTH, "%s: the certificate has no end", pem_file);
    }
    EVP_PKEY_free(key);
    X509_free(certificate);
    return rc;
}

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

static void put_claims(struct strbuf *out, const char *client_id, const char *audience,
                       int64_t now_s)
{
    cJSON *claims = cJSON_CreateObject();
    unsigned char random[16];
    char id[40], *text = NULL;
    bool ok = RAND_bytes(random, sizeof(random)) == 1;

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
    text = ok ? cJSON_PrintUnformatted(claims) : NULL;
    if (text != NULL) {
        jwt_put_base64url(out, (const unsigned char *)text, strlen(text));
    }
    out->failed = out->failed || text == NULL;
    cJSON_free(text);
    cJSON_Delete(claims);
}

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
    struct strbuf token = STRBUF_INIT((size_t)64 * 1024);
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
