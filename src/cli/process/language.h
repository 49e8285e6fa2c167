/* language.h - the language of the texts for people. */
#ifndef PROCESS_LANGUAGE_H
#define PROCESS_LANGUAGE_H

#include <stddef.h>

/* The languages that can be chosen, NULL after the last. */
const char *language_name(size_t i);

/* The language that --lang, OFFERSTAT_LANG, LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, the
 * first that says anything.  Reads argv itself, so that errors of the command line can be reported
 * in that language. */
const char *language_choose(int argc, char *const *argv);

/* Print in this language from now on.  0, or -1 when its catalogue is not found and all texts stay
 * English. */
int language_use(const char *name);

#endif
