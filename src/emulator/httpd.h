/* httpd.h - the server on 127.0.0.1. */
#ifndef EMULATOR_HTTPD_H
#define EMULATOR_HTTPD_H

#include "fault.h"
#include "har.h"
#include "offerstat/error.h"
#include "signin.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* scenario, har, faults and log belong to the caller and must outlive the server. */
struct httpd_options {
    cJSON *scenario;
    struct har *har; /* answers come from it alone; NULL: from the scenario */
    struct signin signin;
    int64_t latency_ms;
    long speed;    /* seconds of the portal in a real one; 0: its time stands still */
    uint16_t port; /* 0: any free one */
    struct fault *faults;
    size_t fault_count;
    FILE *log; /* a line for each request; NULL: none */
};

struct httpd;

/* 0 with *out, or -1 with *err. */
int httpd_start(const struct httpd_options *options, struct httpd **out, struct error *err);
uint16_t httpd_port(const struct httpd *h);
void httpd_stop(struct httpd *h); /* NULL is fine */

#endif
