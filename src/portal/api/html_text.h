/* html_text.h - HTML in the service's messages, as text and links. */
#ifndef API_HTML_TEXT_H
#define API_HTML_TEXT_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

#define HTML_MAX ((size_t)1024 * 1024)
/* Longer HTML is not parsed: libxml2 takes a minute for a few MiB of tags that are never closed. */
#define HTML_PARSED_MAX ((size_t)64 * 1024)

/* Turn html into message->text (block elements begin a line, runs of white space become one blank;
 * NULL when no text is left) and message->links (http and https only), in the arena.  Nothing is
 * fetched from the network.  Over HTML_PARSED_MAX bytes the markup stays in the text.  0, or -1
 * with *err: no memory, no libxml2, or html over HTML_MAX bytes. */
int html_to_message(const char *html, struct arena *a, struct message *message, struct error *err);

#endif
