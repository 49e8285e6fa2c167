/* refusal.c - refusals of the identity platform, in its own words. */
#include "refusal.h"

#include "form.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void refusal_give(struct reply *reply, unsigned status, const char *error, long aadsts,
                  const char *message)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *codes = cJSON_AddArrayToObject(body, "error_codes");
    char text[1024];

    snprintf(text, sizeof(text),
             "AADSTS%ld: %s\r\nTrace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333\r\n"
             "Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd\r\n"
             "Timestamp: 2026-11-22 02:02:12Z",
             aadsts, message);
    cJSON_AddStringToObject(body, "error", error);
    cJSON_AddStringToObject(body, "error_description", text);
    cJSON_AddItemToArray(codes, cJSON_CreateNumber((double)aadsts));
    cJSON_AddStringToObject(body, "timestamp", "2026-11-22 02:02:12Z");
    cJSON_AddStringToObject(body, "trace_id", "0000aaaa-11bb-cccc-dd22-eeeeee333333");
    cJSON_AddStringToObject(body, "correlation_id", "aaaa0000-bb11-2222-33cc-444444dddddd");
    reply_json(reply, status, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

/* Refusals that no setting of the emulator causes: the client "refused-53003" gets the one with
 * that number.  The texts are the platform's own, as people quote them. */
static const struct {
    long aadsts;
    unsigned status;
    const char *error, *message;
} refusals[] = {
    { 65001, 400, "invalid_grant",
      "The user or administrator has not consented to use the application with ID "
      "'emulator-client' named 'Emulator'. Send an interactive authorization request for this user "
      "and resource." },
    { 50105, 400, "invalid_grant",
      "Your administrator has configured the application Emulator ('emulator-client') to block "
      "users unless they are specifically granted ('assigned') access to the application. The "
      "signed in user 'kim@contoso.example' is blocked because they are not a direct member of a "
      "group with access, nor had access directly assigned by an administrator." },
    { 50076, 400, "interaction_required",
      "Due to a configuration change made by your administrator, or because you moved to a new "
      "location, you must use multi-factor authentication to access "
      "'00000003-0000-0000-c000-000000000000'." },
    { 53003, 400, "invalid_grant",
      "Access has been blocked by Conditional Access policies. The access policy does not allow "
      "token issuance." },
    { 500011, 400, "invalid_resource",
      "The resource principal named https://cloudpartner.azure.com was not found in the tenant "
      "named Contoso. This can happen if the application has not been installed by the "
      "administrator of the tenant or consented to by any user in the tenant." },
    { 700024, 401, "invalid_client",
      "Client assertion is not within its valid time range. Current time: "
      "2026-11-22T02:02:12.0000000Z, assertion valid from 2026-11-22T03:01:00.0000000Z, expiry "
      "time "
      "of assertion 2026-11-22T03:12:00.0000000Z." },
    { 700082, 400, "invalid_grant",
      "The refresh token has expired due to inactivity. The token was issued on "
      "2026-01-02T03:04:05.0000000Z and was inactive for 90.00:00:00." },
    { 7000218, 401, "invalid_client",
      "The request body must contain the following parameter: 'client_assertion' or "
      "'client_secret'." },
};

bool refusal_by_number(const char *form, struct reply *reply)
{
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        char client[32];
        snprintf(client, sizeof(client), "refused-%ld", refusals[i].aadsts);
        if (form_field_is(form, "client_id", client)) {
            refusal_give(reply, refusals[i].status, refusals[i].error, refusals[i].aadsts,
                         refusals[i].message);
            return true;
        }
    }
    return false;
}

void refusal_of_assertion(const char *what, struct reply *reply)
{
    static const struct {
        const char *what, *value;
        long aadsts;
    } wrongs[] = {
        { "issuer", "https://token.actions.githubusercontent.com/contoso", 700211 },
        { "audience", "api://SomethingElse", 700212 },
        { "subject", "repo:contoso/offers:ref:refs/heads/feature", 700213 },
    };
    char text[512];

    for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
        if (strcmp(what, wrongs[i].what) == 0) {
            snprintf(
                text, sizeof(text),
                "No matching federated identity record found for presented assertion %s '%s'. "
                "Check your federated identity credential Subject, Audience and Issuer against "
                "the presented assertion. https://learn.microsoft.com/entra/workload-id/"
                "workload-identity-federation",
                wrongs[i].what, wrongs[i].value);
            refusal_give(reply, 400, "invalid_request", wrongs[i].aadsts, text);
        }
    }
}

void refusal_of_client(const char *form, struct reply *reply)
{
    char *client = form_field(form, "client_id");
    char text[512];

    snprintf(text, sizeof(text),
             "Application with identifier '%.100s' was not found in the directory 'Emulator'. This "
             "can happen if the application has not been installed by the administrator of the "
             "tenant or consented to by any user in the tenant. You may have sent your "
             "authentication request to the wrong tenant.",
             client != NULL ? client : "");
    refusal_give(reply, 400, "unauthorized_client", 700016, text);
    free(client);
}
