/* signin.c - the identity platform's token endpoint and its device codes, and the endpoints for
 * managed identities, as far as a client can see them. */
#include "signin.h"

#include "assertion.h"
#include "clock.h"
#include "form.h"
#include "issuer.h"
#include "json.h"
#include "refusal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TENANT "emulator-tenant"
#define CLIENT "emulator-client"
#define SECRET "emulator+secret/=~"
#define FEDERATED_TOKEN "emulator-federated-token"
#define IDENTITY_HEADER "emulator-identity-header"
#define WRONG_ASSERTION "emulator-wrong-" /* "issuer", "audience" or "subject" follows */
#define DEVICE_CODE "emulator-device-code"
#define REFRESH "emulator-refresh-"

/* Of an issued token: its audience, its serial number, and the millisecond when it ends. */
#define ISSUED_TOKEN "emulator-issued-%d-%u-%" PRId64
#define ISSUED_TOKEN_SCAN "emulator-issued-%d-%u-%" SCNd64

/* How many polls get "pending" before the person with the device code has signed in. */
#define DEVICE_POLLS_IN_VAIN 2

static const char *const audiences[] = {
    [API_CPP] = "https://cloudpartner.azure.com",
    [API_INGESTION] = "https://api.partner.microsoft.com",
    [API_GRAPH] = "https://graph.microsoft.com",
};
#define AUDIENCE_COUNT (sizeof(audiences) / sizeof(audiences[0]))

/* /{tenant}/oauth2/token and /{tenant}/oauth2/v2.0/token. */
enum endpoint_version { ENDPOINT_V1, ENDPOINT_V2 };

static bool signin_begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether an assertion proves the client; if false, the reply says why. */
static bool signin_assertion_is_good(const struct signin *s, const struct request *request,
                                     const char *assertion, struct reply *reply)
{
    char audience[256];

    /* An assertion of an issuer: GitHub, Azure Pipelines, or the cluster that wrote a file for a
     * pod. */
    if (strcmp(assertion, FEDERATED_TOKEN) == 0 || issuer_has_given(assertion)) {
        return true;
    }
    if (signin_begins_with(assertion, WRONG_ASSERTION)) {
        refusal_of_assertion(assertion + strlen(WRONG_ASSERTION), reply);
        return false;
    }
    if (strchr(assertion, '.') == NULL) { /* no JWT at all */
        refusal_give(reply, 400, "invalid_request", 700211,
                     "No matching federated identity record found for presented assertion issuer.");
        return false;
    }
    snprintf(audience, sizeof(audience), "http://%s%s", request->host, request->path);
    switch (assertion_check(s->certificate, CLIENT, audience, assertion)) {
    case ASSERTION_GOOD:
        return true;
    case ASSERTION_EXPIRED:
        refusal_give(reply, 401, "invalid_client", 700024, "Client assertion is not valid.");
        return false;
    case ASSERTION_NOT_GOOD:
        refusal_give(reply, 401, "invalid_client", 700027,
                     "Client assertion contains an invalid signature. [Reason - The key was not "
                     "found., Thumbprint of key used by client: "
                     "'84E05C1D98BCE3A5421D225B140B36E86A3D5534', Please visit the Azure Portal, "
                     "Graph Explorer or directly use MS Graph to see configured keys for app Id "
                     "'emulator-client'.]");
        return false;
    }
    return false;
}

/* The same for the whole form: the client's id, and its assertion or secret. */
static bool signin_client_is_good(const struct signin *s, const struct request *request,
                                  struct reply *reply)
{
    const char *form = request->body;
    char *assertion = form_field(form, "client_assertion");
    bool good = false;

    if (refusal_by_number(form, reply)) {
        /* the reply is made */
    } else if (form_field_is(form, "client_id", "disabled-client")) {
        refusal_give(reply, 401, "unauthorized_client", 7000112,
                     "Application 'disabled-client'(Emulator) is disabled.");
    } else if (!form_field_is(form, "client_id", CLIENT)) {
        refusal_of_client(form, reply);
    } else if (assertion != NULL) {
        good = signin_assertion_is_good(s, request, assertion, reply);
    } else if (form_field_is(form, "client_secret", "expired-secret")) {
        refusal_give(reply, 401, "invalid_client", 7000222,
                     "The provided client secret keys for app 'emulator-client' are expired. Visit "
                     "the Azure portal to create new keys for your app: "
                     "https://aka.ms/NewClientSecret, or consider using certificate credentials "
                     "for added security.");
    } else if (!form_field_is(form, "client_secret", SECRET)) {
        refusal_give(
            reply, 401, "invalid_client", 7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the "
            "client secret value, not the client secret ID, for a secret added to app "
            "'emulator-client'.");
    } else {
        good = true;
    }
    free(assertion);
    return good;
}

/* Version 1 of the endpoint takes a resource, the audience with or without a slash; version 2 takes
 * scopes, of which the client sends the one for an application or the one for a person. */
static bool signin_is_for(const char *asked, const char *audience, enum endpoint_version version)
{
    const char *rest;

    if (!signin_begins_with(asked, audience)) {
        return false;
    }
    rest = asked + strlen(audience);
    if (version == ENDPOINT_V1) {
        return strcmp(rest, "") == 0 || strcmp(rest, "/") == 0;
    }
    return signin_begins_with(rest, "/.default") ||
           signin_begins_with(rest, "/user_impersonation ");
}

static bool signin_issues_for(const struct signin *s, enum api api)
{
    return s->only == 0 || (s->only >> api & 1) != 0;
}

/* The API that the form wants a token for; API_NONE: none that is known. */
static enum api signin_audience(const struct signin *s, const char *form,
                                enum endpoint_version version)
{
    char *asked = form_field(form, version == ENDPOINT_V1 ? "resource" : "scope");
    enum api found = API_NONE;

    for (size_t i = 0; asked != NULL && i < AUDIENCE_COUNT; i++) {
        if (signin_is_for(asked, audiences[i], version) && signin_issues_for(s, (enum api)i)) {
            found = (enum api)i;
        }
    }
    free(asked);
    return found;
}

/* The token contains its audience, a serial number and its end, so that signin_accepts needs no
 * list of tokens. */
static void signin_give_token(struct signin *s, enum api audience, enum endpoint_version version,
                              bool with_refresh, struct reply *reply)
{
    cJSON *body = cJSON_CreateObject();
    int64_t ends_ms = clock_wall_ms() + s->lifetime_ms, seconds = s->lifetime_ms / 1000;
    char token[96], number[32];

    snprintf(token, sizeof(token), ISSUED_TOKEN, (int)audience, ++s->issued, ends_ms);
    snprintf(number, sizeof(number), "%" PRId64, seconds);
    cJSON_AddStringToObject(body, "token_type", "Bearer");
    if (version == ENDPOINT_V1) { /* numbers are texts there */
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

/* Device codes are for public clients, which have no secret. */
static void signin_answer_device(struct signin *s, const struct request *request,
                                 struct reply *reply)
{
    static const char *const clients[] = { CLIENT, "declining-client", "late-client",
                                           "hasty-client" };
    bool known = false;
    cJSON *body;

    for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
        known = known || form_field_is(request->body, "client_id", clients[i]);
    }
    if (!known) {
        refusal_of_client(request->body, reply);
        return;
    }
    s->device_audience = signin_audience(s, request->body, ENDPOINT_V2);
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

/* What the person does with the code depends on the client's id: one client is told to slow down
 * first, for one the code expires, for one the person declines. */
static void signin_answer_device_token(struct signin *s, const struct request *request,
                                       struct reply *reply)
{
    const char *form = request->body;

    if (!form_field_is(form, "device_code", DEVICE_CODE)) {
        refusal_give(reply, 400, "bad_verification_code", 70018, "Invalid verification code.");
    } else if (form_field_is(form, "client_id", "declining-client")) {
        refusal_give(reply, 400, "authorization_declined", 70017, "The user declined.");
    } else if (form_field_is(form, "client_id", "late-client")) {
        refusal_give(reply, 400, "expired_token", 70020, "The code has expired.");
    } else if (form_field_is(form, "client_id", "hasty-client") && s->device_polls == 0) {
        s->device_polls = DEVICE_POLLS_IN_VAIN;
        refusal_give(reply, 400, "slow_down", 70016, "Slow down.");
    } else if (s->device_polls < DEVICE_POLLS_IN_VAIN) {
        s->device_polls++;
        refusal_give(reply, 400, "authorization_pending", 70016, "The user has not finished yet.");
    } else if (s->device_audience == API_NONE) { /* asked for sign-in scopes alone */
        signin_give_token(s, API_INGESTION, ENDPOINT_V2, true, reply);
    } else {
        signin_give_token(s, s->device_audience, ENDPOINT_V2, true, reply);
    }
}

/* Only the latest refresh token is valid, and using it issues the next. */
static void signin_answer_refresh(struct signin *s, const struct request *request,
                                  struct reply *reply)
{
    char *token = form_field(request->body, "refresh_token");
    enum api audience = signin_audience(s, request->body, ENDPOINT_V2);
    char wanted[64];

    snprintf(wanted, sizeof(wanted), REFRESH "%u", s->issued);
    if (token == NULL || strcmp(token, wanted) != 0) {
        refusal_give(reply, 400, "invalid_grant", 700082, "The refresh token has expired.");
    } else if (audience == API_NONE) {
        refusal_give(reply, 400, "invalid_resource", 500011,
                     "The resource principal was not found.");
    } else {
        signin_give_token(s, audience, ENDPOINT_V2, true, reply);
    }
    free(token);
}

static void signin_answer_token(struct signin *s, const struct request *request,
                                enum endpoint_version version, struct reply *reply)
{
    const char *form = request->body;
    enum api audience = signin_audience(s, form, version);

    if (form_field_is(form, "grant_type", "urn:ietf:params:oauth:grant-type:device_code")) {
        signin_answer_device_token(s, request, reply);
    } else if (form_field_is(form, "grant_type", "refresh_token")) {
        signin_answer_refresh(s, request, reply);
    } else if (!form_field_is(form, "grant_type", "client_credentials")) {
        refusal_give(reply, 400, "unsupported_grant_type", 70003,
                     "The grant type is not supported.");
    } else if (audience == API_NONE) {
        refusal_give(reply, 400, "invalid_resource", 500011,
                     "The resource principal was not found in the tenant named Emulator.");
    } else if (signin_client_is_good(s, request, reply)) {
        signin_give_token(s, audience, version, false, reply);
    }
}

/* Both endpoints for managed identities answer alike; an App Service leaves expires_in out.  The
 * machine has the identity CLIENT, and a system-assigned one for requests that name none. */
static void signin_answer_identity(struct signin *s, const struct request *request,
                                   bool is_app_service, struct reply *reply)
{
    const char *client = request_query(request, "client_id");
    const char *resource = request_query(request, "resource");
    int64_t ends_ms = clock_wall_ms() + s->lifetime_ms;
    enum api audience = API_NONE;
    char text[96];
    cJSON *body;

    for (size_t i = 0; resource != NULL && i < AUDIENCE_COUNT; i++) {
        if (signin_is_for(resource, audiences[i], ENDPOINT_V1) &&
            signin_issues_for(s, (enum api)i)) {
            audience = (enum api)i;
        }
    }
    if (audience == API_NONE || (client != NULL && strcmp(client, CLIENT) != 0)) {
        body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "error", "invalid_request");
        cJSON_AddStringToObject(body, "error_description",
                                audience == API_NONE ? "AADSTS500011: The resource is not known"
                                                     : "Identity not found");
        reply_item(reply, 400, body);
        return;
    }
    body = cJSON_CreateObject();
    snprintf(text, sizeof(text), ISSUED_TOKEN, (int)audience, ++s->issued, ends_ms);
    cJSON_AddStringToObject(body, "access_token", text);
    snprintf(text, sizeof(text), "%" PRId64, ends_ms / 1000);
    cJSON_AddStringToObject(body, "expires_on", text);
    if (!is_app_service) {
        snprintf(text, sizeof(text), "%" PRId64, s->lifetime_ms / 1000);
        cJSON_AddStringToObject(body, "expires_in", text);
    }
    cJSON_AddStringToObject(body, "resource", resource);
    cJSON_AddStringToObject(body, "token_type", "Bearer");
    reply_item(reply, 200, body);
}

/* True if the request is for one of the two; each requires a header that no web page can send. */
static bool signin_answer_managed(struct signin *s, const struct request *request,
                                  struct reply *reply)
{
    bool is_app_service = strcmp(request->path, "/msi/token") == 0;

    if (!is_app_service && strcmp(request->path, "/metadata/identity/oauth2/token") != 0) {
        return false;
    }
    reply->route = "identity";
    if (is_app_service && (request->identity_header == NULL ||
                           strcmp(request->identity_header, IDENTITY_HEADER) != 0)) {
        reply_error(reply, 401, "Unauthorized", "X-IDENTITY-HEADER is missing or not valid");
    } else if (!is_app_service &&
               (request->metadata == NULL || strcmp(request->metadata, "true") != 0)) {
        reply_error(reply, 400, "invalid_request", "Required metadata header not specified");
    } else {
        signin_answer_identity(s, request, is_app_service, reply);
    }
    return true;
}

static void signin_answer_post(struct signin *s, const struct request *request,
                               enum endpoint_version version, struct reply *reply)
{
    if (strcmp(request->method, "POST") != 0) {
        reply_error(reply, 405, "MethodNotAllowed", "A token is asked for by POST");
    } else if (!signin_begins_with(request->path, "/" TENANT "/") &&
               !signin_begins_with(request->path, "/organizations/")) {
        char text[512];
        snprintf(text, sizeof(text),
                 "Tenant '%.100s' not found. Check to make sure you have the correct tenant ID and "
                 "are signing into the correct cloud. Check with your subscription administrator, "
                 "this may happen if there are no active subscriptions for the tenant.",
                 request->part_count > 0 ? request->parts[0] : "");
        refusal_give(reply, 400, "invalid_request", 90002, text);
    } else {
        signin_answer_token(s, request, version, reply);
    }
}

bool signin_answer(struct signin *s, const struct request *request, struct reply *reply)
{
    const char *below; /* the path after the tenant */

    if (issuer_answer(&s->issued, request, reply)) {
        return true;
    }
    if (strcmp(request->method, "GET") == 0 && signin_answer_managed(s, request, reply)) {
        return true;
    }
    below = request->path[0] == '/' ? strchr(request->path + 1, '/') : NULL;
    if (below == NULL) {
        return false;
    }
    if (strcmp(below, "/oauth2/v2.0/devicecode") == 0) {
        reply->route = "device";
        signin_answer_device(s, request, reply);
        return true;
    }
    if (strcmp(below, "/oauth2/token") == 0) {
        reply->route = "token";
        signin_answer_post(s, request, ENDPOINT_V1, reply);
        return true;
    }
    if (strcmp(below, "/oauth2/v2.0/token") == 0) {
        reply->route = "token";
        signin_answer_post(s, request, ENDPOINT_V2, reply);
        return true;
    }
    return false;
}

bool signin_accepts(const struct signin *s, const char *bearer, enum api api)
{
    int audience;
    unsigned serial;
    int64_t ends_ms;

    if (strcmp(bearer, s->ready_token) == 0) {
        return true;
    }
    return sscanf(bearer, ISSUED_TOKEN_SCAN, &audience, &serial, &ends_ms) == 3 &&
           audience == (int)api && ends_ms > clock_wall_ms();
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
