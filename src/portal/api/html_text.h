/* html_text.h - the service's HTML as text and links. */
#ifndef API_HTML_TEXT_H
#define API_HTML_TEXT_H

#include "offerstat/arena.h"
#include "offerstat/error.h"
#include "offerstat/offer.h"

#define HTML_MAX ((size_t)1024 * 1024)
#define HTML_PARSED_MAX ((size_t)64 * 1024) /* libxml2 takes a minute for some MiB of open tags */

/* Turn html into message->text (lines by block elements, blanks folded; NULL where nothing is left)
 * and message->links (http and https only), in the arena.  Nothing is fetched.
 * Over HTML_PARSED_MAX the markup stays in the text as it is.  0, or -1 with *err:
 * no memory, or html over HTML_MAX. */
int html_to_message(const char *html, struct arena *a, struct message *message, struct error *err);

#endif
