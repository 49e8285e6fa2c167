/* signin.c - the identity platform's token endpoint, its device codes, and GitHub's issuer of
 * assertions, as far as a client can see them. */
#include "emulator.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TENANT "emulator-tenant"
#define CLIENT "emulator-client"
#define SECRET "emulator+secret/=~"
#define GITHUB_TOKEN "emulator-github-token"
#define DEVICE_CODE "emulator-device-code"
#define REFRESH "emulator-refresh-"

static const char *const audiences[] = { "https://cloudpartner.azure.com",
                                         "https://api.partner.microsoft.com",
                                         "https://graph.microsoft.com" };

static int64_t wall_ms(void)
{
    struct timespec now = { 0 };

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A field of the form, decoded, in memory of the caller; NULL where it is missing. */
static char *field(const char *form, const char *name)
{
    size_t len = strlen(name);
    char *value, *to;

    for (; form != NULL && *form != '\0';
         form += strcspn(form, "&") + (strchr(form, '&') != NULL)) {
        if (strncmp(form, name, len) == 0 && form[len] == '=') {
            break;
        }
    }
    if (form == NULL || *form == '\0') {
        return NULL;
    }
    form += len + 1;
    value = strndup(form, strcspn(form, "&"));
    to = value;
    for (const char *p = value; p != NULL && *p != '\0'; p++) {
        unsigned byte;
        if (*p == '%' && sscanf(p + 1, "%2x", &byte) == 1) {
            *to++ = (char)byte;
            p += 2;
        } else {
            *to++ = (char)(*p == '+' ? ' ' : *p);
        }
    }
    if (to != NULL) {
        *to = '\0';
    }
    return value;
}

static bool field_is(const char *form, const char *name, const char *wanted)
{
    char *value = field(form, name);
    bool is = value != NULL && strcmp(value, wanted) == 0;

    free(value);
    return is;
}

/* The platform's own shape: AADSTS and a number, then lines of ids. */
static void refuse(struct reply *reply, unsigned status, const char *error, long code,
                   const char *words)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *codes = cJSON_AddArrayToObject(body, "error_codes");
    char text[512];

    snprintf(text, sizeof(text),
             "AADSTS%ld: %s\r\nTrace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333\r\n"
             "Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd\r\n"
             "Timestamp: 2026-11-22 02:02:12Z",
             code, words);
    cJSON_AddStringToObject(body, "error", error);
    cJSON_AddStringToObject(body, "error_description", text);
    cJSON_AddItemToArray(codes, cJSON_CreateNumber((double)code));
    cJSON_AddStringToObject(body, "timestamp", "2026-11-22 02:02:12Z");
    cJSON_AddStringToObject(body, "trace_id", "0000aaaa-11bb-cccc-dd22-eeeeee333333");
    cJSON_AddStringToObject(body, "correlation_id", "aaaa0000-bb11-2222-33cc-444444dddddd");
    reply_json(reply, status, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

static size_t decode(const char *from, size_t len, unsigned char *to, size_t room)
{
    unsigned bits = 0, count = 0;
    size_t out = 0;

    for (size_t i = 0; i < len; i++) {
        static const char digits[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        const char *digit = strchr(digits, from[i]);
        if (digit == NULL || from[i] == '\0') {
            return 0;
        }
        bits = (bits << 6 | (unsigned)(digit - digits)) & 0xFFFF;
        count += 6;
        if (count >= 8 && out < room) {
            count -= 8;
            to[out++] = (unsigned char)(bits >> count & 0xFF);
        }
    }
    return out;
}

static cJSON *decode_json(const char *from, size_t len)
{
    unsigned char text[4096];
    size_t got = decode(from, len, text, sizeof(text));

    return cJSON_ParseWithLength((const char *)text, got);
}

static bool claim_is(const cJSON *object, const char *member, const char *wanted)
{
    const char *text = text_of(object, member);

    return text != NULL && strcmp(text, wanted) == 0;
}

static bool signed_by(X509 *certificate, const char *token, size_t signed_len)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[1024];
    size_t len = decode(token + signed_len + 1, strlen(token + signed_len + 1), signature,
                        sizeof(signature));
    bool good =
        context != NULL &&
        EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, X509_get0_pubkey(certificate)) ==
            1 &&
        EVP_DigestVerify(context, signature, len, (const unsigned char *)token, signed_len) == 1;

    EVP_MD_CTX_free(context);
    return good;
}

/* Whether header, claims and signature are those of the certificate's owner; 0, or the AADSTS code.
 */
static long check_jwt(const struct emulated_signin *s, const char *token, const char *audience)
{
    const char *claims_at = strchr(token, '.');
    const char *signature_at = claims_at != NULL ? strchr(claims_at + 1, '.') : NULL;
    FILE *file = s->certificate != NULL ? fopen(s->certificate, "re") : NULL;
    X509 *certificate = file != NULL ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;
    cJSON *header = NULL, *claims = NULL;
    unsigned char digest[EVP_MAX_MD_SIZE], told[EVP_MAX_MD_SIZE];
    unsigned digest_len = 0;
    const char *x5t;
    long code = 700027;

    if (signature_at != NULL && certificate != NULL) {
        const cJSON *end;
        header = decode_json(token, (size_t)(claims_at - token));
        claims = decode_json(claims_at + 1, (size_t)(signature_at - claims_at - 1));
        end = cJSON_GetObjectItemCaseSensitive(claims, "exp");
        x5t = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(header, "x5t"));
        if (x5t != NULL && claim_is(header, "alg", "RS256") && claim_is(header, "typ", "JWT") &&
            X509_digest(certificate, EVP_sha1(), digest, &digest_len) == 1 &&
            decode(x5t, strlen(x5t), told, sizeof(told)) == digest_len &&
            memcmp(told, digest, digest_len) == 0 && claim_is(claims, "aud", audience) &&
            claim_is(claims, "iss", CLIENT) && claim_is(claims, "sub", CLIENT) &&
            cJSON_HasObjectItem(claims, "jti") && cJSON_HasObjectItem(claims, "nbf") &&
            signed_by(certificate, token, (size_t)(signature_at - token))) {
            code = end != NULL && end->valuedouble * 1000 > (double)wall_ms() ? 0 : 700024;
        }
    }
    cJSON_Delete(header);
    cJSON_Delete(claims);
    X509_free(certificate);
    if (file != NULL) {
        fclose(file);
    }
    return code;
}

static bool assertion_is_good(const struct emulated_signin *s, const struct request *request,
                              const char *assertion, struct reply *reply)
{
    char audience[256];
    long code;

    /* Another issuer's: GitHub's own, each good once in five minutes, or the file of a pod. */
    if (strcmp(assertion, "emulator-federated-token") == 0 ||
        strncmp(assertion, "emulator-github-assertion-", 26) == 0) {
        return true;
    }
    if (strchr(assertion, '.') == NULL) {
        refuse(reply, 400, "invalid_request", 700211,
               "No matching federated identity record found for presented assertion issuer.");
        return false;
    }
    snprintf(audience, sizeof(audience), "http://%s%s", request->host, request->path);
    code = check_jwt(s, assertion, audience);
    if (code != 0) {
        refuse(reply, 401, "invalid_client", code, "Client assertion is not valid.");
    }
    return code == 0;
}

static bool client_is_good(const struct emulated_signin *s, const struct request *request,
                           struct reply *reply)
{
    const char *form = request->body;
    char *assertion = field(form, "client_assertion");
    bool good = false;

    if (field_is(form, "client_id", "disabled-client")) {
        refuse(reply, 401, "unauthorized_client", 7000112, "Application is disabled.");
    } else if (!field_is(form, "client_id", CLIENT)) {
        refuse(reply, 400, "unauthorized_client", 700016,
               "Application was not found in the directory 'Emulator'.");
    } else if (assertion != NULL) {
        good = assertion_is_good(s, request, assertion, reply);
    } else if (field_is(form, "client_secret", "expired-secret")) {
        refuse(reply, 401, "invalid_client", 7000222,
               "The provided client secret keys are expired.");
    } else if (!field_is(form, "client_secret", SECRET)) {
        refuse(reply, 401, "invalid_client", 7000215,
               "Invalid client secret provided. Ensure the secret being sent in the request is the "
               "client secret value, not the client secret ID.");
    } else {
        good = true;
    }
    free(assertion);
    return good;
}

static int audience_of(const char *form, bool v1)
{
    char *asked = field(form, v1 ? "resource" : "scope");
    int found = -1;

    for (int i = 0; asked != NULL && i < 3; i++) {
        size_t len = strlen(audiences[i]);
        if (strncmp(asked, audiences[i], len) == 0 &&
            (v1 ? asked[len] == '\0' || strcmp(asked + len, "/") == 0
                : strncmp(asked + len, "/.default", 9) == 0 ||
                      strncmp(asked + len, "/user_impersonation ", 20) == 0)) {
            found = i;
        }
    }
    free(asked);
    return found;
}

static void give_token(struct emulated_signin *s, int audience, bool v1, bool with_refresh,
                       struct reply *reply)
{
    cJSON *body = cJSON_CreateObject();
    int64_t ends_ms = wall_ms() + s->lifetime_ms, seconds = s->lifetime_ms / 1000;
    char token[96], number[32];

    snprintf(token, sizeof(token), "emulator-issued-%d-%u-%" PRId64, audience, ++s->issued,
             ends_ms);
    snprintf(number, sizeof(number), "%" PRId64, seconds);
    cJSON_AddStringToObject(body, "token_type", "Bearer");
    if (v1) {
        cJSON_AddStringToObject(body, "expires_in", number);
        snprintf(number, sizeof(number), "%" PRId64, ends_ms / 1000);
        cJSON_AddStringToObject(body, "expires_on", number);
        cJSON_AddStringToObject(body, "resource", audiences[audience]);
    } else {
        cJSON_AddNumberToObject(body, "expires_in", (double)seconds);
    }
    cJSON_AddStringToObject(body, "access_token", token);
    if (with_refresh) {
        snprintf(token, sizeof(token), REFRESH "%u", s->issued);
        cJSON_AddStringToObject(body, "refresh_token", token);
    }
    reply_json(reply, 200, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

/* A public client: no secret, and what a browser would say is told by its id. */
static void answer_device(struct emulated_signin *s, const struct request *request,
                          struct reply *reply)
{
    static const char *const clients[] = { CLIENT, "declining-client", "late-client",
                                           "hasty-client" };
    bool known = false;
    cJSON *body;

    for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
        known = known || field_is(request->body, "client_id", clients[i]);
    }
    if (!known) {
        refuse(reply, 400, "unauthorized_client", 700016,
               "Application was not found in the directory 'Emulator'.");
        return;
    }
    s->device_audience = audience_of(request->body, false);
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "user_code", "EMU-LATOR");
    cJSON_AddStringToObject(body, "device_code", DEVICE_CODE);
    cJSON_AddStringToObject(body, "verification_uri", "https://microsoft.com/devicelogin");
    cJSON_AddNumberToObject(body, "expires_in", 900);
    cJSON_AddNumberToObject(body, "interval", 1);
    cJSON_AddStringToObject(body, "message",
                            "To sign in, use a web browser to open the page "
                            "https://microsoft.com/devicelogin and enter the code EMU-LATOR "
                            "to authenticate.");
    reply_json(reply, 200, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

/* The person needs two looks at the code; of other clients one is told to slow down, for one it
 * gets too late, and for one the person declines. */
static void answer_device_token(struct emulated_signin *s, const struct request *request,
                                struct reply *reply)
{
    static const struct {
        const char *error;
        long code;
    } steps[] = { { "authorization_pending", 70016 }, { "authorization_pending", 70016 } };

    if (!field_is(request->body, "device_code", DEVICE_CODE)) {
        refuse(reply, 400, "bad_verification_code", 70018, "Invalid verification code.");
    } else if (field_is(request->body, "client_id", "declining-client")) {
        refuse(reply, 400, "authorization_declined", 70017, "The user declined.");
    } else if (field_is(request->body, "client_id", "late-client")) {
        refuse(reply, 400, "expired_token", 70020, "The code has expired.");
    } else if (field_is(request->body, "client_id", "hasty-client") && s->device_steps == 0) {
        s->device_steps = sizeof(steps) / sizeof(steps[0]);
        refuse(reply, 400, "slow_down", 70016, "Slow down.");
    } else if (s->device_steps < sizeof(steps) / sizeof(steps[0])) {
        refuse(reply, 400, steps[s->device_steps].error, steps[s->device_steps].code,
               "The user has not finished yet.");
        s->device_steps++;
    } else {
        give_token(s, s->device_audience >= 0 ? s->device_audience : API_INGESTION, false, true,
                   reply);
    }
}

/* Each refresh token is good once. */
static void answer_refresh(struct emulated_signin *s, const struct request *request,
                           struct reply *reply)
{
    char *given = field(request->body, "refresh_token");
    int audience = audience_of(request->body, false);
    char want[64];

    snprintf(want, sizeof(want), REFRESH "%u", s->issued);
    if (given == NULL || strcmp(given, want) != 0) {
        refuse(reply, 400, "invalid_grant", 700082, "The refresh token has expired.");
    } else if (audience < 0) {
        refuse(reply, 400, "invalid_resource", 500011, "The resource principal was not found.");
    } else {
        give_token(s, audience, false, true, reply);
    }
    free(given);
}

static void answer_token(struct emulated_signin *s, const struct request *request, bool v1,
                         struct reply *reply)
{
    const char *form = request->body;
    int audience = audience_of(form, v1);

    if (field_is(form, "grant_type", "urn:ietf:params:oauth:grant-type:device_code")) {
        answer_device_token(s, request, reply);
    } else if (field_is(form, "grant_type", "refresh_token")) {
        answer_refresh(s, request, reply);
    } else if (!field_is(form, "grant_type", "client_credentials")) {
        refuse(reply, 400, "unsupported_grant_type", 70003, "The grant type is not supported.");
    } else if (audience < 0) {
        refuse(reply, 400, "invalid_resource", 500011,
               "The resource principal was not found in the tenant named Emulator.");
    } else if (client_is_good(s, request, reply)) {
        give_token(s, audience, v1, false, reply);
    }
}

static void answer_github(struct emulated_signin *s, const struct request *request,
                          struct reply *reply)
{
    const char *audience = request_query(request, "audience");
    cJSON *body;
    char value[64];

    if (request->authorization == NULL ||
        strcmp(request->authorization, "Bearer " GITHUB_TOKEN) != 0) {
        reply_error(reply, 401, "Unauthorized", "The request token is missing or not valid");
        return;
    }
    if (audience == NULL || strcmp(audience, "api://AzureADTokenExchange") != 0) {
        reply_error(reply, 400, "BadRequest", "The audience is missing");
        return;
    }
    body = cJSON_CreateObject();
    snprintf(value, sizeof(value), "emulator-github-assertion-%u", ++s->issued);
    cJSON_AddNumberToObject(body, "count", 1);
    cJSON_AddStringToObject(body, "value", value);
    reply_json(reply, 200, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

bool signin_answer(struct emulated_signin *s, const struct request *request, struct reply *reply,
                   const char **route)
{
    const char *below = request->path[0] == '/' ? strchr(request->path + 1, '/') : NULL;
    bool v1;

    if (strcmp(request->path, "/github/token") == 0 && strcmp(request->method, "GET") == 0) {
        *route = "github";
        answer_github(s, request, reply);
        return true;
    }
    if (below != NULL && strcmp(below, "/oauth2/v2.0/devicecode") == 0) {
        *route = "device";
        answer_device(s, request, reply);
        return true;
    }
    v1 = below != NULL && strcmp(below, "/oauth2/token") == 0;
    if (below == NULL || (!v1 && strcmp(below, "/oauth2/v2.0/token") != 0)) {
        return false;
    }
    *route = "token";
    if (strcmp(request->method, "POST") != 0) {
        reply_error(reply, 405, "MethodNotAllowed", "A token is asked for by POST");
    } else if (strncmp(request->path, "/" TENANT "/", sizeof("/" TENANT "/") - 1) != 0 &&
               strncmp(request->path, "/organizations/", 15) != 0) {
        refuse(reply, 400, "invalid_request", 90002, "Tenant not found.");
    } else {
        answer_token(s, request, v1, reply);
    }
    return true;
}

/* Tokens tell their audience and end themselves: "emulator-issued-0-17-1763000000000". */
bool signin_accepts(const struct emulated_signin *s, const char *bearer, enum api api)
{
    int audience;
    unsigned serial;
    int64_t ends_ms;

    return strcmp(bearer, s->token) == 0 ||
           (sscanf(bearer, "emulator-issued-%d-%u-%" SCNd64, &audience, &serial, &ends_ms) == 3 &&
            audience == (int)api && ends_ms > wall_ms());
}

void signin_set_environment(bool with_secret)
{
    unsetenv("OFFERSTAT_TOKEN");
    setenv("AZURE_TENANT_ID", TENANT, 1);
    setenv("AZURE_CLIENT_ID", CLIENT, 1);
    if (with_secret) {
        setenv("AZURE_CLIENT_SECRET", SECRET, 1);
    }
}
