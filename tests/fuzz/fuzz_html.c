/* fuzz_html.c - HTML of the service as text and links. */
#include "api/html_text.h"
#include "fuzz.h"
#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void check(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        size_t len = utf8_length(text, end);
        if (len == 0) {
            abort();
        }
        text += len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct message message = { 0 };
    struct error err = ERROR_INIT;
    char *html = malloc(size + 1);

    if (html == NULL) {
        return 0;
    }
    memcpy(html, data, size);
    html[size] = '\0';
    /* what comes here was made valid before (json_parse.c) */
    for (size_t i = 0, len; i<size; i += len> 0 ? len : 1) {
        len = utf8_length(html + i, html + size);
        html[i] = (char)(len == 0 ? '?' : html[i]);
    }
    if (html_to_message(html, &arena, &message, &err) == 0) {
        check(message.text != NULL ? message.text : "");
        for (size_t i = 0; i < message.link_count; i++) {
            check(message.links[i].text);
            if (strncasecmp(message.links[i].href, "http:", 5) != 0 &&
                strncasecmp(message.links[i].href, "https:", 6) != 0) {
                abort();
            }
        }
    }
    arena_clear(&arena);
    free(html);
    return 0;
}
