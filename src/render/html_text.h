/* html_text.h - texts, times and links of a page. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include "document.h"

/* Append text, made safe for an element or an attribute. */
void html_put(struct render *r, const char *text);

/* Append a time of a record to the minute; nothing for NULL or what is no time. */
void html_put_time(struct render *r, const char *at);

/* Append a link that sends no referrer, or the text alone when the address is not http or https. */
void html_put_link(struct render *r, const char *text, const char *href);

/* A state's label for places where "-" would say nothing. */
const char *html_state(enum offer_state state);

#endif
