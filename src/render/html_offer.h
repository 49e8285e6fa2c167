/* html_offer.h - one offer on a page. */
#ifndef HTML_OFFER_H
#define HTML_OFFER_H

#include "document.h"

/* Append the offer as a card: what it is, what blocks it, its steps. */
void html_put_card(struct render *r, const struct report *report, const struct offer *o);

/* Append it as a line of a list. */
void html_put_line(struct render *r, const struct report *report, const struct offer *o);

#endif
