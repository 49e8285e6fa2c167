/* offers_sink.h - the sink of the portal's read of offers. */
#ifndef CLI_OFFERS_SINK_H
#define CLI_OFFERS_SINK_H

#include "offers_session.h"

/* The result must outlive the sink. */
struct portal_sink offers_sink(struct offers_result *result);

#endif
