/* utf8.h - where one character of UTF-8 ends. */
#ifndef OFFERSTAT_UTF8_H
#define OFFERSTAT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the valid sequence at p (p < end), 0 where there is none (RFC 3629: no overlong forms,
 * no surrogates, nothing past U+10FFFF). */
size_t utf8_length(const char *p, const char *end);

/* How many bytes from p on are printable ASCII that neither JSON nor a CI runner gives a meaning:
 * all but '"', '\\' and '#'.  At most end - p. */
size_t utf8_plain(const char *p, const char *end);

/* Drop an incomplete character at the end of text, where the text was cut. */
void utf8_trim(char *text);

/* As utf8_length, and the character in *out. */
size_t utf8_decode(const char *p, const char *end, uint32_t *out);

/* Write a character that is no surrogate; its bytes. */
size_t utf8_encode(uint32_t c, char out[4]);

#endif
