/* libjq.h - libjq, loaded when --jq is used. */
#ifndef OUTPUT_LIBJQ_H
#define OUTPUT_LIBJQ_H

#include "offerstat/error.h"

#include <jq.h>
#include <jv.h>

/* An inline function of jv.h calls this one.  Without optimisation it is kept, and would need libjq
 * at link time. */
#pragma weak jv_get_kind

/* The functions that are used, by libjq's own names. */
struct libjq {
    jq_state *(*jq_init)(void);
    void (*jq_teardown)(jq_state **);
    void (*jq_set_error_cb)(jq_state *, jq_msg_cb, void *);
    void (*jq_set_attr)(jq_state *, jv, jv);
    int (*jq_compile)(jq_state *, const char *);
    void (*jq_start)(jq_state *, jv, int);
    jv (*jq_next)(jq_state *);
    int (*jq_halted)(jq_state *);
    jv (*jq_get_exit_code)(jq_state *);
    jv_kind (*jv_get_kind)(jv);
    void (*jv_free)(jv);
    jv (*jv_copy)(jv);
    jv (*jv_array)(void);
    jv (*jv_string)(const char *);
    const char *(*jv_string_value)(jv);
    int (*jv_string_length_bytes)(jv);
    jv (*jv_invalid_get_msg)(jv);
    jv (*jv_dump_string)(jv, int);
    jv (*jv_parse_sized)(const char *, int);
};

/* NULL with *err (ERR_USAGE) where it is not installed. */
const struct libjq *libjq_load(struct error *err);

#endif
