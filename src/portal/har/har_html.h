/* har_html.h - the HTML of a message, without what offerstat does not read in it. */
#ifndef HAR_HTML_H
#define HAR_HTML_H

#include "offerstat/strbuf.h"

/* Tags keep their names, anchors their address, text stays; other attributes, comments, scripts and
 * styles go: an image's address may be signed. */
void har_html_filter(const char *html, struct strbuf *out);

/* How much at p, of what har_html_filter has left, names no one: a tag up to its address, or a
 * reference to a character; 0: nothing does. */
size_t har_html_markup(const char *p);

#endif
