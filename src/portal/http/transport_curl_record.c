/* transport_curl_record.c - reporting a request's result and times to the recorder. */
#include "http/transport_curl_priv.h"

void slot_record_begin(struct slot *slot)
{
    const struct transport_recorder *recorder = slot->owner->recorder;

    slot->entry = NULL;
    if (recorder != NULL) {
        slot->began_wall_ms = transport_wall_clock_ms();
        slot->entry = recorder->begin(recorder->user, &slot->pending->request);
    }
}

static int64_t offset_us(CURL *easy, CURLINFO info)
{
    curl_off_t us = 0;

    curl_easy_getinfo(easy, info, &us);
    return us;
}

static int64_t later_us(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* libcurl counts all of them from the start; 0: the request did not come so far. */
static struct transport_times times_of(CURL *easy)
{
    int64_t dns_us = offset_us(easy, CURLINFO_NAMELOOKUP_TIME_T);
    int64_t connect_us = offset_us(easy, CURLINFO_CONNECT_TIME_T);
    int64_t tls_us = offset_us(easy, CURLINFO_APPCONNECT_TIME_T);
    int64_t ready_us = offset_us(easy, CURLINFO_PRETRANSFER_TIME_T);
    int64_t first_us = offset_us(easy, CURLINFO_STARTTRANSFER_TIME_T);
    int64_t total_us = offset_us(easy, CURLINFO_TOTAL_TIME_T);
    struct transport_times times = {
        .blocked_us = -1, .dns_us = -1, .connect_us = -1, .tls_us = -1
    };
    long connects = 0;

    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    if (ready_us == 0) { /* it did not come to sending: it ended with the name or the connection */
        if (dns_us > 0) {
            times.connect_us = later_us(total_us - dns_us, 0);
        } else {
            dns_us = total_us;
        }
        times.dns_us = dns_us;
        return times;
    }
    if (connects == 0) {
        times.blocked_us = ready_us;
    } else {
        times.dns_us = dns_us;
        connect_us = later_us(connect_us, dns_us);
        times.connect_us = connect_us - dns_us;
        if (tls_us > 0) {
            times.tls_us = later_us(tls_us - connect_us, 0);
            connect_us = later_us(tls_us, connect_us);
        }
        ready_us = later_us(ready_us, connect_us);
        times.send_us = ready_us - connect_us;
    }
    first_us = later_us(first_us, ready_us);
    if (offset_us(easy, CURLINFO_STARTTRANSFER_TIME_T) ==
        0) { /* no byte came: all the time was waiting */
        first_us = later_us(total_us, ready_us);
    }
    times.wait_us = first_us - ready_us;
    times.receive_us = later_us(total_us - first_us, 0);
    return times;
}

static const char *version_of(CURL *easy)
{
    long version = 0;

    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1:
        return "HTTP/1.1";
    case CURL_HTTP_VERSION_2_0:
        return "HTTP/2.0";
    default:
        return "";
    }
}

void slot_record_end(struct slot *slot, enum transport_result result, const struct error *why)
{
    struct transport_sent sent = { .result = result, .why = why, .began_ms = slot->began_wall_ms };
    long request_bytes = 0;

    if (slot->entry == NULL) {
        return;
    }
    if (slot->head_seen) {
        curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &sent.status);
        sent.http_version = version_of(slot->easy);
    } else {
        sent.http_version = "";
    }
    curl_easy_getinfo(slot->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
    sent.request_head_bytes = request_bytes;
    sent.answer_head_bytes = (int64_t)slot->header_bytes;
    sent.answer_body_bytes = offset_us(slot->easy, CURLINFO_SIZE_DOWNLOAD_T);
    sent.times = times_of(slot->easy);
    slot->owner->recorder->end(slot->entry, &sent);
    slot->entry = NULL;
}
