/* redact_guess.h - secrets of others, which are known by where they stand or how they look. */
#ifndef OFFERSTAT_REDACT_GUESS_H
#define OFFERSTAT_REDACT_GUESS_H

/* Write '*' over what redact_text hides besides known secrets: user and password in a URL, values
 * of parameters whose names suggest a secret, signed tokens, and what "Bearer" precedes. */
void redact_guess(char *text);

#endif
