/* fuzz_escape.c - no text, however it is made, leaves a control character or a command behind. */
#include "fuzz.h"
#include "offerstat/escape.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void check(const char *safe)
{
    bool line_start = true;

    for (const char *p = safe; *p != '\0'; p++) {
        if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7F || strncmp(p, "##[", 3) == 0 ||
            strncasecmp(p, "##vso[", 6) == 0 || (line_start && strncmp(p, "::", 2) == 0)) {
            abort();
        }
        line_start = *p == '\n' || (line_start && *p == ' ');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf out = STRBUF_INIT((size_t)64 * 1024 * 1024);
    char *text = malloc(size + 1);

    if (text == NULL) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    escape_text(&out, text, ESCAPE_CI | ESCAPE_LINES);
    if (!out.failed) {
        check(strbuf_text(&out));
    }
    strbuf_reset(&out);
    escape_json(&out, text);
    if (!out.failed && strchr(strbuf_text(&out), '#') != NULL) {
        abort();
    }
    strbuf_clear(&out);
    free(text);
    return 0;
}
