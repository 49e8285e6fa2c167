/* issuer.c - the issuers of assertions of GitHub and of Azure Pipelines. */
#include "issuer.h"

#include "json.h"

#include <stdio.h>
#include <string.h>

#define GITHUB_TOKEN "emulator-github-token"
#define GITHUB_ASSERTION "emulator-github-assertion-"
#define SYSTEM_TOKEN "emulator-system-token"
#define CONNECTION "emulator-connection"
#define PIPELINES_ASSERTION "emulator-pipelines-assertion-"

bool issuer_has_given(const char *assertion)
{
    return strncmp(assertion, GITHUB_ASSERTION, strlen(GITHUB_ASSERTION)) == 0 ||
           strncmp(assertion, PIPELINES_ASSERTION, strlen(PIPELINES_ASSERTION)) == 0;
}

static void issuer_answer_github(unsigned *issued, const struct request *request,
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
    snprintf(value, sizeof(value), GITHUB_ASSERTION "%u", ++*issued);
    cJSON_AddNumberToObject(body, "count", 1);
    cJSON_AddStringToObject(body, "value", value);
    reply_json(reply, 200, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

static void issuer_answer_pipelines(unsigned *issued, const struct request *request,
                                    struct reply *reply)
{
    const char *connection = request_query(request, "serviceConnectionId");
    cJSON *body;
    char value[64];

    if (request->authorization == NULL ||
        strcmp(request->authorization, "Bearer " SYSTEM_TOKEN) != 0) {
        reply_error(reply, 401, "Unauthorized", "TF400813: The user is not authorized");
        return;
    }
    if (request_query(request, "api-version") == NULL || connection == NULL ||
        strcmp(connection, CONNECTION) != 0) {
        reply_error(reply, 404, "ServiceEndpointNotFound",
                    "Failed to find a service connection of that id");
        return;
    }
    body = cJSON_CreateObject();
    snprintf(value, sizeof(value), PIPELINES_ASSERTION "%u", ++*issued);
    cJSON_AddStringToObject(body, "oidcToken", value);
    reply_json(reply, 200, cJSON_PrintUnformatted(body));
    cJSON_Delete(body);
}

bool issuer_answer(unsigned *issued, const struct request *request, struct reply *reply)
{
    if (strcmp(request->path, "/github/token") == 0 && strcmp(request->method, "GET") == 0) {
        reply->route = "github";
        issuer_answer_github(issued, request, reply);
        return true;
    }
    if (strcmp(request->path, "/pipelines/oidctoken") == 0 &&
        strcmp(request->method, "POST") == 0) {
        reply->route = "pipelines";
        issuer_answer_pipelines(issued, request, reply);
        return true;
    }
    return false;
}
