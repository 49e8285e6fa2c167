/* sample.h - an offer with everything in it, and a report around it. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "offerstat/report.h"

/* Static; texts as a service would send them. */
const struct offer *sample_offer(void);

/* A report that holds the sample and counts it. */
void sample_report(struct report *r);

#endif
