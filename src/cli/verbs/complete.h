/* complete.h - what a shell offers for a word that is being typed. */
#ifndef VERBS_COMPLETE_H
#define VERBS_COMPLETE_H

/* Print the completions of the last word (count is 1 or more, without the program's name), one a
 * line: the whole word, a tab, what it means; "@files" where the shell completes file names.
 * Offers are only read with a ready token, and then the process ends after 300 ms at the latest. */
void complete_words(int count, const char *const *words);

#endif
