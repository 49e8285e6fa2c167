/* option_values.h - what each option does with its value.
 *
 * All: set it in *s; texts are borrowed.  0, or -1 with *err (ERR_USAGE: it is no such value). */
#ifndef CLI_OPTION_VALUES_H
#define CLI_OPTION_VALUES_H

#include "cli.h"

int set_allow_empty(struct settings *s, const char *value, struct error *err);
int set_api(struct settings *s, const char *value, struct error *err);
int set_ascii(struct settings *s, const char *value, struct error *err);
int set_auth(struct settings *s, const char *value, struct error *err);
int set_authority(struct settings *s, const char *value, struct error *err);
int set_check(struct settings *s, const char *value, struct error *err);
int set_client_id(struct settings *s, const char *value, struct error *err);
int set_color(struct settings *s, const char *value, struct error *err);
int set_connect_timeout(struct settings *s, const char *value, struct error *err);
int set_debug(struct settings *s, const char *value, struct error *err);
int set_endpoint(struct settings *s, const char *value, struct error *err);
int set_fail_on(struct settings *s, const char *value, struct error *err);
int set_fields(struct settings *s, const char *value, struct error *err);
int set_help(struct settings *s, const char *value, struct error *err);
int set_ignore_unknown(struct settings *s, const char *value, struct error *err);
int set_job(struct settings *s, const char *value, struct error *err);
int set_jobs(struct settings *s, const char *value, struct error *err);
int set_json(struct settings *s, const char *value, struct error *err);
int set_limit(struct settings *s, const char *value, struct error *err);
int set_live(struct settings *s, const char *value, struct error *err);
int set_no_header(struct settings *s, const char *value, struct error *err);
int set_no_progress(struct settings *s, const char *value, struct error *err);
int set_not_state(struct settings *s, const char *value, struct error *err);
int set_nothing(struct settings *s, const char *value, struct error *err);
int set_output(struct settings *s, const char *value, struct error *err);
int set_paginate(struct settings *s, const char *value, struct error *err);
int set_print(struct settings *s, const char *value, struct error *err);
int set_profile(struct settings *s, const char *value, struct error *err);
int set_publisher(struct settings *s, const char *value, struct error *err);
int set_quick(struct settings *s, const char *value, struct error *err);
int set_quiet(struct settings *s, const char *value, struct error *err);
int set_request_timeout(struct settings *s, const char *value, struct error *err);
int set_require(struct settings *s, const char *value, struct error *err);
int set_retries(struct settings *s, const char *value, struct error *err);
int set_seller_id(struct settings *s, const char *value, struct error *err);
int set_show_origin(struct settings *s, const char *value, struct error *err);
int set_since(struct settings *s, const char *value, struct error *err);
int set_sort(struct settings *s, const char *value, struct error *err);
int set_stall_timeout(struct settings *s, const char *value, struct error *err);
int set_state(struct settings *s, const char *value, struct error *err);
int set_time(struct settings *s, const char *value, struct error *err);
int set_token(struct settings *s, const char *value, struct error *err);
int set_token_file(struct settings *s, const char *value, struct error *err);
int set_type(struct settings *s, const char *value, struct error *err);
int set_verbose(struct settings *s, const char *value, struct error *err);
int set_version(struct settings *s, const char *value, struct error *err);
int set_width(struct settings *s, const char *value, struct error *err);
int set_witness(struct settings *s, const char *value, struct error *err);

#endif
