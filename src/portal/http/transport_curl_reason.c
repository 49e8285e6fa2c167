/* transport_curl_reason.c - what went wrong with a request, in our own words. */
#include "http/transport_curl_priv.h"
#include "http/url.h"
#include "offerstat/proxy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HOST_MAX 120

/* "cannot connect to HOST: Connection refused". */
static void put_failure(const struct slot *slot, const char *what, char *out, size_t out_size)
{
    const char *url = slot->pending->request.url, *proxy = proxy_variable();
    char host[HOST_MAX];
    long number = 0;
    size_t len;

    url_host(url, host, sizeof(host));
    curl_easy_getinfo(slot->easy, CURLINFO_OS_ERRNO, &number);
    snprintf(out, out_size, "%s %s", what, host);
    len = strlen(out);
    if (proxy != NULL && !url_is_loopback(url)) {
        snprintf(out + len, out_size - len, " (by way of a proxy: %s is set)", proxy);
        len = strlen(out);
    }
    if (number != 0) {
        snprintf(out + len, out_size - len, ": %s", strerror((int)number));
    }
}

static void put_proxy(const struct slot *slot, long status, char *out, size_t out_size)
{
    const char *proxy = proxy_variable();
    char host[HOST_MAX];

    url_host(slot->pending->request.url, host, sizeof(host));
    if (proxy == NULL) {
        proxy = "the environment";
    }
    if (status == 407) {
        snprintf(
            out, out_size,
            "the proxy of %s wants a user and a password, or not those that it was given (HTTP "
            "407)",
            proxy);
    } else {
        snprintf(out, out_size, "the proxy of %s does not connect us to %s (HTTP %ld)", proxy, host,
                 status);
    }
}

static void put_duration(const char *what, int64_t ms, char *out, size_t out_size)
{
    if (ms % 1000 == 0) {
        snprintf(out, out_size, "%s within %" PRId64 " s", what, ms / 1000);
    } else {
        snprintf(out, out_size, "%s within %" PRId64 " ms", what, ms);
    }
}

static void put_timeout(const struct slot *slot, char *out, size_t out_size)
{
    const struct curl_transport *t = slot->owner;

    if (slot->stalled) {
        put_duration("not a byte came", t->stall_timeout_ms, out, out_size);
    } else if (transport_curl_is_overdue(t, &slot->pending->request)) {
        snprintf(out, out_size, "no time was left to wait for the answer");
    } else if (!slot->sent) {
        put_duration("no connection", t->connect_timeout_ms, out, out_size);
    } else {
        put_duration("no whole answer", t->request_timeout_ms, out, out_size);
    }
}

/* What needs no details. */
static const char *sentence_of(CURLcode code)
{
    switch ((int)code) { /* the cast: CURLcode has a hundred more values than are named here */
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "the proxy's name is not known (DNS)";
    case CURLE_PROXY:
        return "the SOCKS proxy does not connect us";
    case CURLE_GOT_NOTHING:
        return "the connection was closed without an answer";
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return "the connection broke";
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return "the HTTP/2 stream broke";
    case CURLE_PARTIAL_FILE:
        return "it ended before the length that was announced";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return "the answer is not HTTP";
    case CURLE_WRITE_ERROR:
    case CURLE_BAD_CONTENT_ENCODING:
        return "the answer cannot be unpacked: its content encoding is broken or unknown";
    case CURLE_SSL_CACERT_BADFILE:
        return "the certificates to trust (SSL_CERT_FILE, SSL_CERT_DIR) cannot be read";
    default:
        return curl_easy_strerror(code); /* fixed texts */
    }
}

void slot_reason(const struct slot *slot, CURLcode code, char *out, size_t out_size)
{
    long status = slot_proxy_refusal(slot, code);

    if (status != 0) {
        put_proxy(slot, status, out, out_size);
        return;
    }
    if (code == CURLE_WRITE_ERROR && slot->stopped) {
        snprintf(out, out_size, "ended by us: what came cannot be used");
        return;
    }
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        put_failure(slot, "no address is known (DNS) for", out, out_size);
        break;
    case CURLE_COULDNT_CONNECT:
        put_failure(slot, "cannot connect to", out, out_size);
        break;
    case CURLE_OPERATION_TIMEDOUT:
        put_timeout(slot, out, out_size);
        break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        /* What the TLS library says of a certificate or handshake names no more than the host. */
        snprintf(out, out_size, "%s",
                 slot->detail[0] != '\0' ? slot->detail : curl_easy_strerror(code));
        break;
    default:
        snprintf(out, out_size, "%s", sentence_of(code));
        break;
    }
}
