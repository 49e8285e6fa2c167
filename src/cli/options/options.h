/* options.h - the table of options: flags, environment, configuration and help read the same rows.
 *
 * A new flag is a member of struct settings, a row in option_rows.c, its default in settings_init
 * (settings_read.c) unless that is 0, and its use. */
#ifndef OPTIONS_OPTIONS_H
#define OPTIONS_OPTIONS_H

#include "settings.h"

#include <stdbool.h>
#include <stddef.h>

/* What a value is, and the type of the member of struct settings that it goes to. */
enum option_kind {
    OPTION_FLAG,     /* bool: takes no value on the command line, true or false elsewhere */
    OPTION_TEXT,     /* const char * */
    OPTION_FILE,     /* const char *, a file name */
    OPTION_TEXTS,    /* struct texts: each use adds one */
    OPTION_LIST,     /* struct texts: A,B,... replaces the earlier ones */
    OPTION_NUMBER,   /* unsigned, from low to high */
    OPTION_DURATION, /* int64_t, milliseconds, more than 0 */
    OPTION_SPAN,     /* int64_t, milliseconds, 0 or more */
    OPTION_WORD,     /* const char *, one of the row's words */
    OPTION_CHOICE,   /* an enum: the row's words are its values from low on */
    OPTION_WORDS,    /* unsigned: A,B,... adds a bit for each, see option_place */
    OPTION_FORMAT,   /* const struct render_format * */
    OPTION_SPECIAL,  /* read by the row's own function */
    OPTION_NOWHERE   /* no member: the value is read before the settings */
};

/* Groups of options, which are the parts of `help COMMAND`; help_print_command (cmd_help.c) has
 * their titles.  A command has the options of some groups. */
enum option_group {
    FOR_ALL = 1,      /* every command: help, quiet, language, profile */
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
    FOR_STAY = 4096,      /* reads repeatedly */
    FOR_WATCH = 8192,     /* and shows what it sees */
    FOR_RECORDED = 16384, /* what it reads goes to the record */
    FOR_CHANGED = 32768,  /* can show only what differs from the record */
    FOR_RECORD = 65536,   /* is about the record itself */
    FOR_CHANGES = 131072, /* shows what is in it */
    FOR_STATS = 262144    /* counts what is in it */
};

/* Groups of which every command that reads offers has one. */
#define FOR_READERS ((unsigned)(FOR_OFFERS | FOR_CHECK | FOR_HISTORY | FOR_OPEN | FOR_STAY))

struct option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* its value in the help; NULL: a switch, which has no value */
    enum option_kind kind;
    size_t place; /* offset of the member in struct settings */
    long low, high;
    /* The words that can be chosen, also for help and completion: the row's own (NULL after the
     * last), or those of a different table. */
    const char *const *words;
    const char *(*word_at)(size_t i);
    int (*word_find)(const char *text); /* its option_place; NULL: the place among the words */
    /* The error for a wrong value: "no state" (followed by the value), or for a text "the file's
     * name is empty"; without one a text may be empty. */
    const char *refusal;
    const char *fixed; /* a switch that means this value of an option of this kind */
    /* OPTION_SPECIAL: read the value.  0, or -1 with *err (ERR_USAGE). */
    int (*set)(const struct option_row *row, struct settings *s, const char *value,
               struct error *err);
    /* A further check of the value, once it is set.  0, or -1 with *err (ERR_USAGE). */
    int (*check)(const struct settings *s, const char *value, struct error *err);
    unsigned groups;          /* bits of enum option_group */
    const char *env;          /* its variable in the environment; NULL: none */
    const char *help;         /* ends with the default, if it has one: "... (16)" */
    const char *replaces;     /* a different row, whose value from environment or configuration this
                                 flag overrides */
    bool not_on_command_line; /* no flag */
    bool not_in_config;       /* no key of the configuration; else `name` is its key */
    bool config_on_terminal;  /* a value in the file counts only when stdout is a terminal */
};

#define OPTION_MAX 128 /* rows at most, for arrays of them */
extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* The row of this long name, or NULL. */
const struct option_row *option_find(const char *name);

/* The i-th word that can be chosen; NULL after the last, and for an option that takes any value. */
const char *option_word(const struct option_row *row, size_t i);

/* option_value.c */

/* The value that a word stands for, such as its bit of OPTION_WORDS; -1: unknown word. */
int option_place(const struct option_row *row, const char *word);

/* What a value from environment or configuration means for a row. */
enum option_truth {
    OPTION_OFF,     /* a switch is turned off */
    OPTION_ON,      /* a switch is turned on, or the option takes a value */
    OPTION_NO_TRUTH /* a switch with neither: the value is wrong */
};
enum option_truth option_truth(const struct option_row *row, const char *value);

/* Read value (ignored for a switch) and set the row's member.  A text is borrowed.  0, or -1 with
 * *err (ERR_USAGE: a wrong value; ERR_MEMORY). */
int option_set(const struct option_row *row, struct settings *s, const char *value,
               struct error *err);

/* Set the error that value is none of the row's words, and list them.  Always -1 with *err
 * (ERR_USAGE). */
int option_refuse(const struct option_row *row, const char *value, struct error *err);

#endif
