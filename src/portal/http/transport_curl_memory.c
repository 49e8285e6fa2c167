/* transport_curl_memory.c - libcurl's allocators: they note that memory ran out, and wipe what is
 * freed. */
#include "http/transport_curl_priv.h"

#include "offerstat/secret.h"

#include <malloc.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

/* libcurl does not always report that memory ran out: 7.88 then sends a request without its query,
 * and it gives CURLE_OUT_OF_MEMORY to a header line that is too long as well.  So its allocators
 * note a failure here.  It is never reset, since after the first failure no answer can be
 * trusted. */
static bool out_of_memory;

static void *note_failure(void *memory)
{
    if (memory == NULL) {
        out_of_memory = true;
    }
    return memory;
}

/* A size of 0 may give NULL, which would look like a failure. */
static size_t at_least_one(size_t size)
{
    return size > 0 ? size : 1;
}

static void *checked_malloc(size_t size)
{
    return note_failure(malloc(at_least_one(size)));
}

static void *checked_calloc(size_t count, size_t size)
{
    return note_failure(calloc(at_least_one(count), at_least_one(size)));
}

/* libcurl frees headers and forms without wiping them, so that is done here. */
static void wiping_free(void *memory)
{
    if (memory != NULL) {
        secret_wipe(memory, malloc_usable_size(memory));
    }
    free(memory);
}

static void *checked_realloc(void *old, size_t size)
{
    size_t old_size = old != NULL ? malloc_usable_size(old) : 0;
    void *fresh;

    if (size <= old_size && size > old_size / 2) {
        return old;
    }
    fresh = checked_malloc(size);
    if (fresh != NULL) {
        if (old != NULL) {
            memcpy(fresh, old, old_size < size ? old_size : size);
        }
        wiping_free(old);
    }
    return fresh;
}

static char *checked_strdup(const char *text)
{
    return note_failure(strdup(text));
}

bool transport_curl_init(void)
{
    /* Before libcurl, which would set OpenSSL up to free at exit what the process frees anyway. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, checked_malloc, wiping_free, checked_realloc,
                                checked_strdup, checked_calloc) == CURLE_OK;
}

bool transport_curl_ran_out_of_memory(void)
{
    return out_of_memory;
}
