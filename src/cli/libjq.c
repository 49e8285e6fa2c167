/* libjq.c - libjq, loaded by dlopen: few runs filter, and it takes part of every start. */
#include "libjq.h"

#include <dlfcn.h>
#include <string.h>

#define SONAME "libjq.so.1" /* of jq 1.5 to 1.8 */

#define SYMBOL(name)                                                                               \
    {                                                                                              \
#name, &functions.name                                                                     \
    }

const struct libjq *libjq_load(struct error *err)
{
    static struct libjq functions;
    static void *library;
    const struct {
        const char *name;
        void *to;
    } symbols[] = {
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

    if (library != NULL) {
        return &functions;
    }
    library = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library != NULL && i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (symbol == NULL) {
            dlclose(library);
            library = NULL;
        } else {
            memcpy(symbols[i].to, &symbol,
                   sizeof(symbol)); /* POSIX, dlsym: a void * can hold a function's address */
        }
    }
    if (library == NULL) {
        error_set(err, ERR_USAGE, "--jq needs %s (Debian's package libjq1)", SONAME);
        return NULL;
    }
    return &functions;
}
