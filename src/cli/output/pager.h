/* pager.h - a report for people that is longer than the screen, shown page by page. */
#ifndef OUTPUT_PAGER_H
#define OUTPUT_PAGER_H

#include <stdio.h>

struct settings;

/* Where a report for people is to be written: stdout or, on a terminal, memory, since its length is
 * known only at the end. */
FILE *pager_stream(const struct settings *s);

/* Show what was collected: through OFFERSTAT_PAGER, PAGER or `less -FRX` when it is longer than the
 * screen, else on stdout.  A pager that ends early is no failure. */
void pager_finish(const struct settings *s);

#endif
