/* har_priv.h - what recording (har.c), what waits on disk (har_spill.c) and writing (har_write.c)
 * share.  No other file includes this. */
#ifndef HAR_PRIV_H
#define HAR_PRIV_H

#include "har/har_names.h"
#include "offerstat/har.h"
#include "offerstat/strbuf.h"

#include <stdint.h>
#include <sys/types.h>

/* A part of a body on disk. */
struct har_piece {
    off_t at;
    size_t len;
};

/* What an entry is on disk: this, its texts one after another, its pieces. */
struct har_head {
    int64_t began_ms;
    struct transport_times times;
    enum transport_result result;
    long status;
    int64_t request_head_bytes, answer_head_bytes, answer_body_bytes;
    size_t body_bytes;       /* with any content encoding undone */
    bool is_form;            /* a POST */
    bool is_signin;          /* the body is not on disk */
    bool is_json, is_markup; /* neither: other text */
    size_t piece_count;
    size_t url, request_lines, answer_lines, reason, version, why; /* lengths of the texts */
};

struct har_index {
    int64_t began_ms;
    size_t serial; /* of those that began in the same millisecond */
    off_t at;
};

/* What a recorder's callbacks need to know of its transport. */
struct har_channel {
    struct har *har;
    bool is_signin;
};

struct har {
    bool names;
    struct har_names *table; /* also of values of unknown parameters */
    int spill;               /* a file without a name */
    off_t end;               /* of it */
    struct har_index *index;
    size_t count;
    bool no_memory;
    int disk_error; /* errno; 0: none */
    struct har_channel channels[2];
    struct transport_recorder recorders[2];
};

/* Whether a status is an error's, whose document is not the one that was asked for. */
static inline bool har_is_problem(long status)
{
    return status >= 400;
}

/* Whether the last number or word of a body is whole, as far as the reader was concerned: it stops
 * at what it refuses. */
static inline bool har_ends_whole(enum transport_result result)
{
    return result == TRANSPORT_OK || result == TRANSPORT_STOPPED;
}

/* har_spill.c */
int har_spill_open(struct har *har, const char *beside, struct error *err);
/* Append; where it is now.  A failure is remembered in har. */
off_t har_spill_put(struct har *har, const void *data, size_t len);
bool har_spill_get(const struct har *har, off_t at, void *data, size_t len);

#endif
