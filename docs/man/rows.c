/* rows.c - parts of the man pages that come from the program's own tables, for scdoc.
 *
 * rows commands|options|environment|keys|exit-codes|states|fields */
#include "options/commands.h"
#include "options/options.h"
#include "verbs/help.h"

#include "offerstat/outcome.h"
#include "offerstat/render.h"
#include "offerstat/state.h"
#include "offerstat/strbuf.h"

#include <stdio.h>
#include <string.h>

/* Text in which nothing is markup; a line that ends is ended in the page as well. */
static void put(const char *text)
{
    if (*text == '-') { /* would begin a list */
        putchar('\\');
    }
    for (; *text != '\0'; text++) {
        if (text[0] == '\n' && text[1] == '\n') {
            fputs("\n\n\t", stdout);
            text++;
        } else if (*text == '\n') {
            fputs("++\n\t", stdout);
        } else {
            if (strchr("\\*_`#[]<>~", *text) != NULL) {
                putchar('\\');
            }
            putchar(*text);
        }
    }
}

static void put_item(const char *name, const char *argument, const char *text)
{
    putchar('*');
    put(name);
    putchar('*');
    if (argument != NULL && *argument != '\0') {
        putchar(' ');
        put(argument);
    }
    fputs("\n\t", stdout);
    put(text);
    fputs("\n\n", stdout);
}

static void rows_commands(void)
{
    const struct cli_command *command;

    for (size_t i = 0; (command = command_at(i)) != NULL; i++) {
        struct strbuf text = STRBUF_INIT((size_t)64 * 1024);
        strbuf_printf(&text, "%c%s.", command->help[0] - 'a' + 'A', command->help + 1);
        if (command->more != NULL) {
            strbuf_printf(&text, " %s", command->more);
        }
        put_item(command->name, command->arguments, strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void rows_options(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        struct strbuf text = STRBUF_INIT(4096);
        if (row->not_on_command_line) {
            continue;
        }
        if (row->letter != 0) {
            printf("*-%c*, ", row->letter);
        }
        fputs("*--", stdout);
        put(row->name);
        printf("*%s", row->argument != NULL ? " " : "");
        put(row->argument != NULL ? row->argument : "");
        fputs("\n\t", stdout);
        option_put_help(row, &text);
        put(strbuf_text(&text));
        fputs("\n\n", stdout);
        strbuf_clear(&text);
    }
}

static void rows_environment(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        struct strbuf text = STRBUF_INIT(4096);
        if (row->env == NULL) {
            continue;
        }
        if (row->not_on_command_line) {
            strbuf_puts(&text, row->help);
        } else {
            strbuf_printf(&text, "As --%s.", row->name);
        }
        put_item(row->env, NULL, strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void rows_keys(void)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        struct strbuf name = STRBUF_INIT(256), text = STRBUF_INIT(4096);
        if (row->not_in_config) {
            continue;
        }
        strbuf_printf(&name, "%s =", row->name);
        option_put_help(row, &text);
        put_item(strbuf_text(&name), row->argument != NULL ? row->argument : "true|false",
                 strbuf_text(&text));
        strbuf_clear(&name);
        strbuf_clear(&text);
    }
}

static void rows_exit_codes(void)
{
    for (size_t i = 0; i < exit_meaning_count; i++) {
        char code[16];
        snprintf(code, sizeof(code), "%d", exit_meanings[i].code);
        put_item(code, NULL, exit_meanings[i].meaning);
    }
}

static void rows_states(void)
{
    for (size_t i = 0; i < STATE_COUNT; i++) {
        put_item(state_token((enum offer_state)i), NULL, state_label((enum offer_state)i));
    }
}

static void rows_fields(void)
{
    const struct render_field *field;

    for (size_t i = 0; (field = render_field_at(VIEW_LIST, i)) != NULL; i++) {
        put_item(field->key, field->tabular ? NULL : "(JSON alone)", field->help);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } parts[] = {
        { .name = "commands", .print = rows_commands },
        { .name = "options", .print = rows_options },
        { .name = "environment", .print = rows_environment },
        { .name = "keys", .print = rows_keys },
        { .name = "exit-codes", .print = rows_exit_codes },
        { .name = "states", .print = rows_states },
        { .name = "fields", .print = rows_fields },
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (argc == 2 && strcmp(argv[1], parts[i].name) == 0) {
            parts[i].print();
            return 0;
        }
    }
    fputs("usage: rows PART\n", stderr);
    return 2;
}
