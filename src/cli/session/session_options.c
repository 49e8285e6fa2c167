/* session_options.c - the options of a session's sign-ins and transports, by flags and
 * environment. */
#include "session_options.h"

#include "options/api_choice.h"
#include "options/settings.h"
#include "process/paths.h"

#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/transport.h"

#include <string.h>
#include <sys/stat.h>

#define AZ_TIMEOUT_MS (INT64_C(20) * 1000)

const char *session_api_of_token(const struct settings *s)
{
    return s->token_api != NULL ? s->token_api : api_set_first(s->apis);
}

bool session_has_ready_token(const struct settings *s, const char *api)
{
    const char *only = s->api;

    if (api_set_has_several(s->apis)) {
        only = session_api_of_token(s);
    }
    return (s->token != NULL || s->token_file != NULL) && strcmp(api, only) == 0 &&
           api_takes_ready_token(s);
}

/* The certificates to trust.  The curl tool and Python's requests read these variables, libcurl
 * does not.  The first that is set wins. */
void session_name_certificates(struct transport_options *options)
{
    static const char *const names[] = { "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
                                         "REQUESTS_CA_BUNDLE" };
    struct stat about;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *path = env_text(names[i]);
        if (path == NULL) {
            continue;
        }
        options->ca_origin = names[i];
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
            options->ca_path = path;
        } else {
            options->ca_file = path;
        }
        return;
    }
}

void session_signin_options(const struct settings *s, const char *api, struct signin_options *out)
{
    bool ready = session_has_ready_token(s, api);

    *out = (struct signin_options){ .method = s->auth,
                                    .audience = portal_traits(api)->audience,
                                    .person_scope = portal_traits(api)->person_scope,
                                    .token = ready ? s->token : NULL,
                                    .piped_token = ready ? s->piped_token : NULL,
                                    .token_file = ready ? s->token_file : NULL,
                                    .authority = s->authority,
                                    .tenant = env_text("AZURE_TENANT_ID"),
                                    .client_id = s->client_id,
                                    .client_secret = env_text("AZURE_CLIENT_SECRET"),
                                    .certificate = env_text("AZURE_CLIENT_CERTIFICATE_PATH"),
                                    .federated_file = env_text("AZURE_FEDERATED_TOKEN_FILE"),
                                    .github_url = env_text("ACTIONS_ID_TOKEN_REQUEST_URL"),
                                    .github_token = env_text("ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
                                    .pipelines_url = env_text("SYSTEM_OIDCREQUESTURI"),
                                    .pipelines_token = env_text("SYSTEM_ACCESSTOKEN"),
                                    .pipelines_connection =
                                        env_text("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"),
                                    .pipelines_tenant = env_text("AZURESUBSCRIPTION_TENANT_ID"),
                                    .pipelines_client = env_text("AZURESUBSCRIPTION_CLIENT_ID"),
                                    .identity_endpoint = env_text("IDENTITY_ENDPOINT"),
                                    .identity_header = env_text("IDENTITY_HEADER"),
                                    .identity_thumbprint = env_text("IDENTITY_SERVER_THUMBPRINT"),
                                    .arc_endpoint = env_text("IMDS_ENDPOINT"),
                                    .metadata_host = env_text("AZURE_POD_IDENTITY_AUTHORITY_HOST"),
                                    .retries = s->retries,
                                    .az_timeout_ms = AZ_TIMEOUT_MS };
    if (out->client_id == NULL) {
        out->client_id = env_text("AZURE_CLIENT_ID");
    }
    if (out->authority == NULL) {
        out->authority = env_text("AZURE_AUTHORITY_HOST");
    }
    if (s->request_timeout_ms < out->az_timeout_ms) {
        out->az_timeout_ms = s->request_timeout_ms;
    }
}
