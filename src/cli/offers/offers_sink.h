/* offers_sink.h - the sink of the portal's read of offers. */
#ifndef OFFERS_OFFERS_SINK_H
#define OFFERS_OFFERS_SINK_H

#include "offers_session.h"

/* The result must outlive the sink. */
struct portal_sink offers_sink(struct offers_result *result);

#endif
