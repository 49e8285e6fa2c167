/* libjq.c - libjq, loaded when --jq is used: few runs need it, and it would slow the start of
 * all. */
#include "libjq.h"

#include "offerstat/library.h"

#define SONAME "libjq.so.1" /* of jq 1.5 to 1.8 */

/* clang-format off */
#define SYMBOL(name) { #name, &functions.name }
/* clang-format on */

const struct libjq *libjq_load(struct error *err)
{
    static struct libjq functions;
    static bool loaded;
    const struct library_symbol symbols[] = {
        SYMBOL(jq_init),
        SYMBOL(jq_teardown),
        SYMBOL(jq_set_error_cb),
        SYMBOL(jq_set_attr),
        SYMBOL(jq_compile),
        SYMBOL(jq_start),
        SYMBOL(jq_next),
        SYMBOL(jq_halted),
        SYMBOL(jq_get_exit_code),
        SYMBOL(jv_get_kind),
        SYMBOL(jv_free),
        SYMBOL(jv_copy),
        SYMBOL(jv_array),
        SYMBOL(jv_string),
        SYMBOL(jv_string_value),
        SYMBOL(jv_dump_string),
        SYMBOL(jv_parse_sized),
        SYMBOL(jv_string_length_bytes),
        SYMBOL(jv_invalid_get_msg),
    };

    loaded = loaded || library_load(SONAME, symbols, sizeof(symbols) / sizeof(symbols[0]));
    if (!loaded) {
        error_set(err, ERR_USAGE, "--jq needs %s (Debian's package libjq1)", SONAME);
        return NULL;
    }
    return &functions;
}
