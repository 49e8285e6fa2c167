/* complete.h - what a shell offers for a word that is being typed. */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

/* Print what the last of words (count is 1 or more, the program's name is none of them) can become,
 * a line each: the whole word, a tab, what it means; "@files" where the shell knows better.  Offers
 * are only asked for with a ready token, and then the process ends itself after 300 ms. */
void complete_words(int count, const char *const *words);

#endif
