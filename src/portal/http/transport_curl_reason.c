/* transport_curl_reason.c - error texts for failed requests, in our own words. */
#include "http/transport_curl_priv.h"
#include "http/url.h"
#include "offerstat/proxy.h"
#include "offerstat/translate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HOST_MAX 120
#define DURATION_MAX 32

/* "cannot connect to HOST: Connection refused": add what is known after the first words. */
static void add_details(const struct slot *slot, struct error *why)
{
    const char *proxy = proxy_variable();
    long number = 0;

    curl_easy_getinfo(slot->easy, CURLINFO_OS_ERRNO, &number);
    if (proxy != NULL && !url_is_loopback(slot->pending->request.url)) {
        error_append(why, " (by way of a proxy: %s is set)", proxy);
    }
    if (number != 0) {
        error_append(why, ": %s", strerror((int)number));
    }
}

static void put_proxy(const struct slot *slot, long status, struct error *why)
{
    const char *proxy = proxy_variable();
    char host[HOST_MAX];

    url_host(slot->pending->request.url, host, sizeof(host));
    if (proxy == NULL) {
        proxy = "the environment";
    }
    if (status == 407) {
        error_set(why, ERR_NONE,
                  "the proxy of %s requires a user and a password, or rejects those that it got "
                  "(HTTP 407)",
                  proxy);
    } else {
        error_set(why, ERR_NONE, "the proxy of %s refuses to connect to %s (HTTP %ld)", proxy, host,
                  status);
    }
}

/* "30 s", "1500 ms" */
static void write_duration(int64_t ms, char out[DURATION_MAX])
{
    if (ms % 1000 == 0) {
        snprintf(out, DURATION_MAX, "%" PRId64 " s", ms / 1000);
    } else {
        snprintf(out, DURATION_MAX, "%" PRId64 " ms", ms);
    }
}

static void put_timeout(const struct slot *slot, struct error *why)
{
    const struct curl_transport *t = slot->owner;
    char time[DURATION_MAX];

    if (slot->stalled) {
        write_duration(t->stall_timeout_ms, time);
        error_set(why, ERR_NONE, "no byte came within %s", time);
    } else if (transport_curl_is_overdue(t, &slot->pending->request)) {
        error_set(why, ERR_NONE, "no time was left to wait for the answer");
    } else if (!slot->sent && t->connect_timeout_ms < t->request_timeout_ms) {
        write_duration(t->connect_timeout_ms, time);
        error_set(why, ERR_NONE, "no connection within %s", time);
    } else {
        write_duration(t->request_timeout_ms, time);
        error_set(why, ERR_NONE, "no complete answer within %s", time);
    }
}

/* Texts that need no details. */
static const char *sentence_of(CURLcode code)
{
    switch ((int)code) { /* cast, since CURLcode has a hundred values that are not named here */
    case CURLE_COULDNT_RESOLVE_PROXY:
        return N_("the proxy's name is not known (DNS)");
    case CURLE_PROXY:
        return N_("the SOCKS proxy refuses to connect");
    case CURLE_GOT_NOTHING:
        return N_("the connection was closed without an answer");
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return N_("the connection broke");
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return N_("the HTTP/2 stream broke");
    case CURLE_PARTIAL_FILE:
        return N_("it ended before its announced length");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return N_("the answer is not HTTP");
    case CURLE_WRITE_ERROR:
    case CURLE_BAD_CONTENT_ENCODING:
        return N_("the answer cannot be decoded: its content encoding is broken or unknown");
    case CURLE_SSL_CACERT_BADFILE:
        return N_("the certificates to trust (SSL_CERT_FILE, SSL_CERT_DIR) cannot be read");
    default:
        return curl_easy_strerror(code); /* fixed texts */
    }
}

void slot_reason(const struct slot *slot, CURLcode code, struct error *why)
{
    long status = slot_proxy_refusal(slot, code);
    char host[HOST_MAX];

    if (status != 0) {
        put_proxy(slot, status, why);
        return;
    }
    if (code == CURLE_WRITE_ERROR && slot->stopped) {
        error_set(why, ERR_NONE, "ended by offerstat: the answer cannot be used");
        return;
    }
    url_host(slot->pending->request.url, host, sizeof(host));
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        error_set(why, ERR_NONE, "no address was found (DNS) for %s", host);
        add_details(slot, why);
        break;
    case CURLE_COULDNT_CONNECT:
        error_set(why, ERR_NONE, "cannot connect to %s", host);
        add_details(slot, why);
        break;
    case CURLE_OPERATION_TIMEDOUT:
        put_timeout(slot, why);
        break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        /* The TLS library's text on a certificate or handshake names nothing but the host. */
        error_set(why, ERR_NONE, "%s",
                  slot->detail[0] != '\0' ? slot->detail : curl_easy_strerror(code));
        break;
    default:
        error_set_words(why, ERR_NONE, sentence_of(code));
        break;
    }
}
