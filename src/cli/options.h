/* options.h - the table of options: flags, environment, configuration and help read the same rows.
 *
 * A new flag is a member of struct settings, a row in option_rows.c, and its use. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "settings.h"

#include <stdbool.h>
#include <stddef.h>

/* What a value is, and the type of the member of struct settings that it goes to. */
enum option_kind {
    OPTION_FLAG,     /* bool: takes no value on the command line, true or false elsewhere */
    OPTION_TEXT,     /* const char * */
    OPTION_FILE,     /* const char *, the name of a file */
    OPTION_TEXTS,    /* struct texts: one more each time */
    OPTION_LIST,     /* struct texts: A,B,... in place of those before */
    OPTION_NUMBER,   /* unsigned, from low to high */
    OPTION_DURATION, /* int64_t, milliseconds, more than 0 */
    OPTION_SPAN,     /* int64_t, milliseconds, 0 as well */
    OPTION_WORD,     /* const char *, one of the row's words */
    OPTION_CHOICE,   /* an enum: the row's words are its values from low on */
    OPTION_WORDS,    /* unsigned: A,B,... adds a bit for each, see option_place */
    OPTION_FORMAT,   /* const struct render_format * */
    OPTION_SPECIAL,  /* whatever the row's own function does */
    OPTION_NOWHERE   /* nothing: the value is read before any settings are */
};

/* The parts of `help COMMAND`; a command takes the options of some of them. */
enum option_group {
    FOR_ALL = 1,      /* help, quiet, colour */
    FOR_REMOTE = 2,   /* asks the service */
    FOR_OUTPUT = 4,   /* prints a report */
    FOR_OFFERS = 8,   /* prints offers: fields, quick */
    FOR_SELECT = 16,  /* filters and orders them */
    FOR_CHECK = 32,   /* judges them */
    FOR_AUTH = 64,    /* signs in */
    FOR_CONFIG = 128, /* shows the configuration */
    FOR_HISTORY = 256,
    FOR_OPEN = 512,
    FOR_API = 1024,
    FOR_WAIT = 2048,      /* waits for a state */
    FOR_STAY = 4096,      /* looks again and again */
    FOR_WATCH = 8192,     /* and shows what it sees */
    FOR_RECORDED = 16384, /* what it reads goes to the record */
    FOR_CHANGED = 32768,  /* can show only what is not as the record has it */
    FOR_RECORD = 65536,   /* is about the record itself */
    FOR_CHANGES = 131072, /* shows what is in it */
    FOR_STATS = 262144    /* counts what is in it */
};

/* What a command takes one of that reads offers, `auth status` apart. */
#define FOR_READERS ((unsigned)(FOR_OFFERS | FOR_CHECK | FOR_HISTORY | FOR_OPEN | FOR_STAY))

struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* as help shows it; NULL: a switch, which takes none */
    enum option_kind kind;
    size_t place; /* of the member in struct settings */
    long low, high;
    /* What can be chosen, also for help and completion: words of the row's own (NULL after the
     * last), or those of another table. */
    const char *const *words;
    const char *(*word_at)(size_t i);
    int (*word_find)(const char *text); /* its option_place; NULL: the place among the words */
    /* What is said of a value that is none: "no state" (and the value), or of a text "the file's
     * name is empty"; a text without one may be empty. */
    const char *refusal;
    const char *fixed; /* a switch that stands for this value of another option's kind */
    /* OPTION_SPECIAL: take the value.  0, or -1 with *err (ERR_USAGE). */
    int (*set)(const struct option_row *row, struct settings *s, const char *value,
               struct error *err);
    /* What else a value must be; called when it is set.  0, or -1 with *err (ERR_USAGE). */
    int (*check)(const struct settings *s, const char *value, struct error *err);
    unsigned groups; /* bits of enum option_group */
    const char *env; /* NULL: no variable */
    const char *help;
    const char *replaces; /* another row, whose value elsewhere no longer counts beside this flag */
    bool not_on_command_line, not_in_config;
    bool config_on_terminal; /* a value in the file counts only when stdout is a terminal */
};

#define OPTION_MAX 128 /* rows at most, for those who list them */
extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* By its long name, NULL where there is none. */
const struct option_row *option_find(const char *name);

/* The i-th word that can be chosen, NULL after the last or where any value may be. */
const char *option_word(const struct option_row *row, size_t i);

/* What the option is for.  Where the row's help ends with a colon, the words that can be chosen
 * follow: they stand in one place. */
struct strbuf;
void option_put_help(const struct option_row *row, struct strbuf *out);

/* Print the options of these groups under their title, but not those that are in one of the groups
 * shown before; or the environment variables.  Whether there was any. */
bool options_print(const char *title, unsigned groups, unsigned shown);
void options_print_environment(void);

/* option_value.c */

/* What a word that can be chosen stands for, such as its bit of OPTION_WORDS; -1: it is none. */
int option_place(const struct option_row *row, const char *word);

/* What a value from the environment or the configuration means for a row. */
enum option_truth {
    OPTION_OFF,     /* a switch is to be off */
    OPTION_ON,      /* a switch is to be on, or the option takes a value */
    OPTION_NO_TRUTH /* a switch is neither: the value is wrong */
};
enum option_truth option_truth(const struct option_row *row, const char *value);

/* Read value (of a switch it is not looked at) and set the row's member.  A text is borrowed.
 * 0, or -1 with *err (ERR_USAGE: it is no such value; ERR_MEMORY). */
int option_set(const struct option_row *row, struct settings *s, const char *value,
               struct error *err);

/* Say that value is none of the row's words, and which are.  Always -1 with *err (ERR_USAGE). */
int option_refuse(const struct option_row *row, const char *value, struct error *err);

#endif
