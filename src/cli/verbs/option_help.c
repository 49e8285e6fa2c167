/* option_help.c - the rows of the option table as help prints them. */
#include "help.h"
#include "options/options.h"

#include "offerstat/strbuf.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include <stdio.h>
#include <string.h>

#define HELP_WIDTH 80
#define HELP_INDENT 29 /* where an option's text begins */
#define USAGE_MAX 64

/* Columns of the text's first len bytes. */
static size_t columns(const char *text, size_t len)
{
    char word[256];

    snprintf(word, sizeof(word), "%.*s", (int)len, text);
    return width_of(word);
}

void help_print_wrapped(size_t at, size_t indent, const char *text)
{
    const char *blank = "";

    while (*text != '\0') {
        size_t len = strcspn(text, " "), width = columns(text, len);
        if (*blank != '\0' && at + 1 + width > HELP_WIDTH) {
            printf("\n%*s", (int)indent, "");
            at = indent;
            blank = "";
        }
        printf("%s%.*s", blank, (int)len, text);
        at += strlen(blank) + width;
        blank = " ";
        text += len;
        text += strspn(text, " ");
    }
    puts("");
}

void help_print_text(const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n"), indent = strspn(text, " ");
        struct strbuf line = STRBUF_INIT(4096);
        const char *rest, *gap;
        strbuf_append(&line, text, len);
        rest = strbuf_text(&line);
        gap = strstr(rest + (indent < len ? indent : 0), "  ");
        if (indent > 0 && gap != NULL) { /* a word, a gap, and what it means */
            indent = (size_t)(gap - rest) + strspn(gap, " ");
        }
        printf("%.*s", (int)indent, rest);
        help_print_wrapped(indent, indent, rest + (indent < len ? indent : len));
        strbuf_clear(&line);
        text += len;
        text += *text == '\n' ? 1 : 0;
    }
}

/* "--output FORMAT", or the name alone. */
static void write_usage(const struct option_row *row, char out[USAGE_MAX])
{
    if (row->argument != NULL) {
        snprintf(out, USAGE_MAX, "--%s %s", row->name, row->argument);
    } else {
        snprintf(out, USAGE_MAX, "--%s", row->name);
    }
}

void option_put_help(const struct option_row *row, struct strbuf *out)
{
    strbuf_puts(out, _(row->help));
    if (*row->help == '\0' || row->help[strlen(row->help) - 1] != ':') {
        return;
    }
    for (size_t i = 0; option_word(row, i) != NULL; i++) {
        strbuf_printf(out, "%s %s", i > 0 ? "," : "", option_word(row, i));
    }
}

static void print_row(const struct option_row *row)
{
    struct strbuf help = STRBUF_INIT(4096);
    char letter[4] = "   ", usage[USAGE_MAX];
    int at;

    if (row->letter != 0) {
        snprintf(letter, sizeof(letter), "-%c,", row->letter);
    }
    write_usage(row, usage);
    option_put_help(row, &help);
    at = printf("  %s %-22s ", letter, usage);
    if (at > HELP_INDENT) {
        at = printf("\n%*s", HELP_INDENT, "") - 1;
    }
    help_print_wrapped((size_t)at, HELP_INDENT, strbuf_text(&help));
    strbuf_clear(&help);
}

bool options_print(const char *title, unsigned groups, unsigned shown)
{
    bool any = false;

    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if ((row->groups & groups) == 0 || (row->groups & shown) != 0 || row->not_on_command_line) {
            continue;
        }
        if (!any) {
            printf("\n%s:\n", _(title));
        }
        any = true;
        print_row(row);
    }
    return any;
}

void options_print_environment(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        char usage[USAGE_MAX];
        if (row->env == NULL) {
            continue;
        }
        write_usage(row, usage);
        printf("  %-26s ", row->env);
        if (row->not_on_command_line) {
            help_print_wrapped(HELP_INDENT, HELP_INDENT, _(row->help));
        } else {
            printf(_("as %s\n"), usage);
        }
    }
}
