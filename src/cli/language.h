/* language.h - the language of the texts for people. */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <stddef.h>

/* The languages that there are, NULL after the last. */
const char *language_name(size_t i);

/* The language that --lang, OFFERSTAT_LANG, LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, the
 * first that says anything.  Looks at argv by itself, so that what is wrong with the command line
 * can be said in that language. */
const char *language_choose(int argc, char *const *argv);

/* Print in this language from now on.  0, or -1 where its catalogue is not there, and all stays
 * English. */
int language_use(const char *name);

#endif
