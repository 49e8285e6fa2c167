/* escape_cell.c - text as a cell of a table that a program reads. */
#include "offerstat/escape.h"

#include <string.h>

#define CELL_MAX ((size_t)16 * 1024 * 1024)

/* Whether a spreadsheet would run the cell as a formula; it skips blanks before one.  Tabs and
 * other control characters are escaped already, and a "-" alone is no formula.  Some spreadsheets
 * also accept the four characters in full width. */
static bool is_formula(const char *cell)
{
    static const char *const signs[] = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"
    };

    cell += strspn(cell, " \n");
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        size_t len = strlen(signs[i]);
        if (strncmp(cell, signs[i], len) == 0 && cell[len] != '\0') {
            return true;
        }
    }
    return false;
}

void escape_csv(struct strbuf *out, const char *text)
{
    struct strbuf safe = STRBUF_INIT(CELL_MAX);
    const char *cell;
    bool quoted, formula;

    escape_text(&safe, text, ESCAPE_LINES | ESCAPE_CI);
    cell = strbuf_text(&safe);
    formula = is_formula(cell);
    quoted = cell[strcspn(cell, ",\"\n")] != '\0' || *cell == ' ' ||
             (safe.len > 0 && cell[safe.len - 1] == ' ');
    strbuf_puts(out, quoted ? "\"" : "");
    strbuf_puts(out, formula ? "'" : "");
    while (*cell != '\0') {
        size_t len = strcspn(cell, "\"");
        strbuf_append(out, cell, len);
        cell += len;
        if (*cell == '"') {
            strbuf_puts(out, "\"\"");
            cell++;
        }
    }
    strbuf_puts(out, quoted ? "\"" : "");
    strbuf_drop(out, &safe);
}

static void put_special(struct strbuf *out, char c)
{
    switch (c) {
    case '\n':
        strbuf_puts(out, "\\n");
        break;
    case '\r':
        strbuf_puts(out, "\\r");
        break;
    case '\t':
        strbuf_puts(out, "\\t");
        break;
    default:
        strbuf_printf(out, "\\%c", c);
        break;
    }
}

void escape_backslash(struct strbuf *out, const char *text, const char *special)
{
    struct strbuf part = STRBUF_INIT(CELL_MAX);

    if (strpbrk(text, special) == NULL) {
        escape_text(out, text, ESCAPE_CI);
        return;
    }
    while (*text != '\0') {
        size_t len = strcspn(text, special);
        strbuf_reset(&part);
        strbuf_append(&part, text, len);
        escape_text(out, strbuf_text(&part), ESCAPE_CI);
        text += len;
        if (*text != '\0') {
            put_special(out, *text);
            text++;
        }
    }
    strbuf_drop(out, &part);
}
