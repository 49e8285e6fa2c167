/* prometheus.h - metrics, for the textfile collector of the node exporter. */
#ifndef PROMETHEUS_H
#define PROMETHEUS_H

#include "document.h"

extern const struct render_writer prometheus_writer;

#endif
