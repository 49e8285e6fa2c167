/* assertion.c - client assertions (RFC 7523).  The JWT is parsed by its own code, so that a mistake
 * in the client's code is not repeated here. */
#include "assertion.h"

#include "clock.h"
#include "json.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

/* Decode base64url without padding (RFC 7515, appendix C); how many bytes, 0 where it is wrong. */
static size_t assertion_decode(const char *from, size_t len, unsigned char *to, size_t to_size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned bits = 0, count = 0;
    size_t out = 0;

    for (size_t i = 0; i < len; i++) {
        const char *digit = strchr(digits, from[i]);
        if (digit == NULL || from[i] == '\0') {
            return 0;
        }
        bits = (bits << 6 | (unsigned)(digit - digits)) & 0xFFFF;
        count += 6;
        if (count >= 8 && out < to_size) {
            count -= 8;
            to[out++] = (unsigned char)(bits >> count & 0xFF);
        }
    }
    return out;
}

static cJSON *assertion_decode_json(const char *from, size_t len)
{
    unsigned char text[4096];
    size_t text_len = assertion_decode(from, len, text, sizeof(text));

    return cJSON_ParseWithLength((const char *)text, text_len);
}

/* As json_text_is, but claims are compared with their case. */
static bool assertion_claim_is(const cJSON *object, const char *member, const char *wanted)
{
    const char *text = json_text(object, member);

    return text != NULL && strcmp(text, wanted) == 0;
}

static bool assertion_is_signed_by(X509 *certificate, const char *assertion, size_t signed_len)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const char *text = assertion + signed_len + 1; /* after the second dot */
    unsigned char signature[1024];
    size_t len = assertion_decode(text, strlen(text), signature, sizeof(signature));
    bool good = context != NULL &&
                EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL,
                                     X509_get0_pubkey(certificate)) == 1 &&
                EVP_DigestVerify(context, signature, len, (const unsigned char *)assertion,
                                 signed_len) == 1;

    EVP_MD_CTX_free(context);
    return good;
}

/* The header has to name the algorithm and, as x5t, the SHA-1 of the certificate. */
static bool assertion_header_is_good(const cJSON *header, const X509 *certificate)
{
    const char *x5t = json_text(header, "x5t");
    unsigned char digest[EVP_MAX_MD_SIZE], told[EVP_MAX_MD_SIZE];
    unsigned digest_len = 0;

    return x5t != NULL && assertion_claim_is(header, "alg", "RS256") &&
           assertion_claim_is(header, "typ", "JWT") &&
           X509_digest(certificate, EVP_sha1(), digest, &digest_len) == 1 &&
           assertion_decode(x5t, strlen(x5t), told, sizeof(told)) == digest_len &&
           memcmp(told, digest, digest_len) == 0;
}

static bool assertion_claims_are_good(const cJSON *claims, const char *client, const char *audience)
{
    return assertion_claim_is(claims, "aud", audience) &&
           assertion_claim_is(claims, "iss", client) && assertion_claim_is(claims, "sub", client) &&
           cJSON_HasObjectItem(claims, "jti") && cJSON_HasObjectItem(claims, "nbf");
}

static X509 *assertion_read_certificate(const char *name)
{
    FILE *file = name != NULL ? fopen(name, "re") : NULL;
    X509 *certificate = NULL;

    if (file != NULL) {
        certificate = PEM_read_X509(file, NULL, NULL, NULL);
        fclose(file);
    }
    return certificate;
}

enum assertion_verdict assertion_check(const char *certificate_file, const char *client,
                                       const char *audience, const char *assertion)
{
    const char *claims_at = strchr(assertion, '.');
    const char *signature_at = claims_at != NULL ? strchr(claims_at + 1, '.') : NULL;
    X509 *certificate = assertion_read_certificate(certificate_file);
    enum assertion_verdict verdict = ASSERTION_NOT_GOOD;
    cJSON *header = NULL, *claims = NULL;
    const cJSON *expires_s;

    if (signature_at == NULL || certificate == NULL) {
        goto done;
    }
    header = assertion_decode_json(assertion, (size_t)(claims_at - assertion));
    claims = assertion_decode_json(claims_at + 1, (size_t)(signature_at - claims_at - 1));
    if (!assertion_header_is_good(header, certificate) ||
        !assertion_claims_are_good(claims, client, audience) ||
        !assertion_is_signed_by(certificate, assertion, (size_t)(signature_at - assertion))) {
        goto done;
    }
    expires_s = cJSON_GetObjectItemCaseSensitive(claims, "exp");
    if (expires_s != NULL && expires_s->valuedouble * 1000 > (double)clock_wall_ms()) {
        verdict = ASSERTION_GOOD;
    } else {
        verdict = ASSERTION_EXPIRED;
    }
done:
    cJSON_Delete(header);
    cJSON_Delete(claims);
    X509_free(certificate);
    return verdict;
}
