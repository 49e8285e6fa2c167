/*
 * transport_curl_trust.c - the authorities that a server and an HTTPS proxy are checked by.
 *
 * libcurl's own stand in a bundle and, on Debian, in a directory by their names as well.  OpenSSL
 * takes 25 ms to read the bundle and finds in the directory the one that it needs, so that the
 * directory comes first.  The bundle follows where that does not know a server: some machines have
 * a certificate of their own in the bundle alone.
 */
#include "http/transport_curl_priv.h"

#include <openssl/x509_vfy.h>
#include <unistd.h>

bool transport_curl_has_directory(const struct transport_options *options)
{
    const curl_version_info_data *libcurl = curl_version_info(CURLVERSION_NOW);

    return options->ca_file == NULL && options->ca_path == NULL && libcurl->cainfo != NULL &&
           libcurl->capath != NULL;
}

bool slot_trust(const struct curl_transport *t, struct slot *slot)
{
    const curl_version_info_data *libcurl = curl_version_info(CURLVERSION_NOW);
    const char *file = t->ca_file, *path = t->ca_path;

    slot->by_directory = t->directory_first;
    if (slot->by_directory) {
        path = libcurl->capath;
    } else if (file == NULL && path == NULL) {
        file = libcurl->cainfo;
    }
    /* Both are set even when NULL: libcurl's own bundle need not be there, and while a directory is
     * set libcurl reads the bundle again for every connection. */
    return curl_easy_setopt(slot->easy, CURLOPT_CAINFO, file) == CURLE_OK &&
           curl_easy_setopt(slot->easy, CURLOPT_CAPATH, path) == CURLE_OK &&
           curl_easy_setopt(slot->easy, CURLOPT_PROXY_CAINFO, file) == CURLE_OK &&
           curl_easy_setopt(slot->easy, CURLOPT_PROXY_CAPATH, path) == CURLE_OK;
}

/* Where there is no bundle, what the directory finds wrong with a certificate is the reason.  But
 * where it lacks the issuer, that there is no bundle says more: many containers have neither. */
static bool is_reason_enough(const struct slot *slot)
{
    long reason = X509_V_OK;

    if (access(curl_version_info(CURLVERSION_NOW)->cainfo, R_OK) == 0) {
        return false;
    }
    curl_easy_getinfo(slot->easy, CURLINFO_SSL_VERIFYRESULT, &reason);
    return reason != X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY &&
           reason != X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
}

/* Whether a certificate may be what ended it.  Beyond a proxy that is itself spoken to in TLS
 * libcurl loses what OpenSSL found wrong, and reports a handshake that failed. */
static bool may_lack_authority(const struct slot *slot, CURLcode code)
{
    long proxy_status = 0;

    if (code == CURLE_SSL_CONNECT_ERROR) {
        curl_easy_getinfo(slot->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    }
    return code == CURLE_PEER_FAILED_VERIFICATION || proxy_status == 200;
}

bool slot_begin_by_bundle(struct curl_transport *t, struct slot *slot, CURLcode code)
{
    if (!slot->by_directory || !may_lack_authority(slot, code) || is_reason_enough(slot)) {
        return false;
    }
    t->directory_first = false;
    slot->detail[0] = '\0';
    curl_multi_remove_handle(t->multi, slot->easy);
    return slot_trust(t, slot) && slot_limit(t, slot->easy, slot->began_ms) &&
           curl_multi_add_handle(t->multi, slot->easy) == CURLM_OK;
}
