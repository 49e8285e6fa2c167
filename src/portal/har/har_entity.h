/* har_entity.h - references to characters in HTML ("&ouml;", "&#246;", "&#xF6;"). */
#ifndef HAR_ENTITY_H
#define HAR_ENTITY_H

#include "offerstat/strbuf.h"

/* Append HTML that means the same, in which each character has one spelling, so that names
 * and secrets are found however they were written: as UTF-8, and markup and quotes as "&amp;",
 * "&lt;", "&gt;", "&quot;" and "&#39;".  What is no reference, blanks, and names that are not known
 * stay as they are. */
void har_entity_unify(const char *html, struct strbuf *out);

#endif
