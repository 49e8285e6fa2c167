/* replay.c - answers from a recording. */
#include "replay.h"

#include "har_key.h"
#include "offerstat/timestamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tokens that name the API they are for, as those of the identity platform do: {"alg":"none"} and
 * {"aud":...}. */
static const char *const ready_tokens[] = {
    [API_CPP] = "eyJhbGciOiJub25lIn0."
                "eyJhdWQiOiJodHRwczovL2Nsb3VkcGFydG5lci5henVyZS5jb20ifQ.emulator",
    [API_INGESTION] = "eyJhbGciOiJub25lIn0."
                      "eyJhdWQiOiJodHRwczovL2FwaS5wYXJ0bmVyLm1pY3Jvc29mdC5jb20ifQ.emulator",
    [API_GRAPH] = "eyJhbGciOiJub25lIn0."
                  "eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.emulator",
};
#define API_COUNT (sizeof(ready_tokens) / sizeof(ready_tokens[0]))

static struct har_entry *find(struct har *har, const char *key)
{
    struct har_entry *last = NULL;

    for (size_t i = 0; i < har->count; i++) {
        if (har->entries[i].status != 304 && strcmp(har->entries[i].key, key) == 0) {
            last = &har->entries[i];
            if (!last->given) {
                return last;
            }
        }
    }
    return last;
}

static void answer_unrecorded(const struct har *har, const char *key, struct reply *reply)
{
    struct strbuf message = STRBUF_INIT((size_t)64 * 1024);
    const char *slash = strrchr(har->file, '/');

    fprintf(stderr, "offerstat-emulator: not recorded: %s\n", key);
    strbuf_printf(&message, "%s is not in %s", key, slash != NULL ? slash + 1 : har->file);
    reply_error(reply, 404, "NotRecorded", strbuf_text(&message));
    strbuf_clear(&message);
}

static void fill_with_blanks(struct strbuf *body, size_t len)
{
    char blanks[4096];

    memset(blanks, ' ', sizeof(blanks));
    while (!body->failed && body->len < len) {
        size_t left = len - body->len;
        strbuf_append(body, blanks, left < sizeof(blanks) ? left : sizeof(blanks));
    }
}

static void answer_recorded(const struct har *har, struct har_entry *e, uint16_t port,
                            struct reply *reply)
{
    struct strbuf location = STRBUF_INIT((size_t)64 * 1024);

    e->given = true;
    reply->is_recorded = true;
    reply->status = e->status;
    reply->ending = e->ending;
    reply->content_type = e->content_type;
    reply->retry_after = e->retry_after;
    reply->headers = e->headers;
    har_origins_replace(&har->origins, e->body, e->body_len, port, &reply->body);
    fill_with_blanks(&reply->body, e->filled_to);
    if (e->location != NULL) {
        har_origins_replace(&har->origins, e->location, strlen(e->location), port, &location);
        reply->own_location = location.data;
        reply->location = reply->own_location;
    }
}

void replay_answer(struct har *har, const struct request *request, uint16_t port,
                   struct reply *reply)
{
    char *key = har_key(request->method, request->path, request->query);
    struct har_entry *e = key != NULL ? find(har, key) : NULL;

    reply->route = "";
    if (key == NULL) {
        reply_error(reply, 500, "NoMemory", "out of memory");
    } else if (e == NULL) {
        answer_unrecorded(har, key, reply);
    } else {
        answer_recorded(har, e, port, reply);
    }
    free(key);
}

/* The time of the recording, for ages and --since. */
static int set_time(const struct har *har)
{
    char now[TIMESTAMP_MAX];

    if (har->count == 0 || getenv("OFFERSTAT_NOW") != NULL) {
        return 0;
    }
    timestamp_format(har->entries[0].began_ms, now);
    return setenv("OFFERSTAT_NOW", now, 1);
}

static int set_publisher(const struct har *har)
{
    if (har->publisher == NULL || har->has_publishers || har->lists_publishers) {
        return 0;
    }
    return setenv("OFFERSTAT_PUBLISHER", har->publisher, 0);
}

int replay_set_environment(const struct har *har, uint16_t port, bool *sign_in)
{
    struct strbuf endpoint = STRBUF_INIT((size_t)64 * 1024);
    const char *token = NULL;
    int rc;

    for (size_t i = 0; i < API_COUNT; i++) {
        if (har->apis == 1U << i) {
            token = ready_tokens[i];
        }
    }
    strbuf_printf(&endpoint, "http://127.0.0.1:%u", (unsigned)port);
    rc = endpoint.failed ? -1 : setenv("OFFERSTAT_AUTHORITY", strbuf_text(&endpoint), 1);
    strbuf_puts(&endpoint, har->prefix != NULL ? har->prefix : "");
    if (endpoint.failed || rc != 0 || set_time(har) != 0 || set_publisher(har) != 0 ||
        setenv("OFFERSTAT_ENDPOINT", strbuf_text(&endpoint), 1) != 0 ||
        setenv("OFFERSTAT_TOKEN", token != NULL ? token : ready_tokens[API_CPP], 1) != 0) {
        rc = -1;
    }
    *sign_in = har->has_signin || (har->apis & (har->apis - 1)) != 0; /* several */
    strbuf_clear(&endpoint);
    return rc;
}
