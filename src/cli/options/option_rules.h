/* option_rules.h - functions for single options, for their rows in option_rows.c.  struct
 * option_row says what each is for. */
#ifndef OPTIONS_OPTION_RULES_H
#define OPTIONS_OPTION_RULES_H

#include <stddef.h>

struct error;
struct option_row;
struct settings;

/* word_at */
const char *option_word_api(size_t i);
const char *option_word_auth(size_t i);
const char *option_word_format(size_t i);
const char *option_word_state(size_t i);
const char *option_word_offense(size_t i);
const char *option_word_goal(size_t i);
const char *option_word_live(size_t i);
const char *option_word_type(size_t i);
const char *option_word_sort(size_t i);

/* word_find */
int option_find_state(const char *text);
int option_find_offense(const char *text);
int option_find_goal(const char *text);
int option_find_live(const char *text);

/* set */
int option_set_api(const struct option_row *row, struct settings *s, const char *value,
                   struct error *err);
int option_set_sort(const struct option_row *row, struct settings *s, const char *value,
                    struct error *err);
int option_set_jq(const struct option_row *row, struct settings *s, const char *value,
                  struct error *err);
int option_set_since(const struct option_row *row, struct settings *s, const char *value,
                     struct error *err);
int option_set_timeout(const struct option_row *row, struct settings *s, const char *value,
                       struct error *err);

/* check */
int option_check_endpoint(const struct settings *s, const char *value, struct error *err);
int option_check_seller_id(const struct settings *s, const char *value, struct error *err);
int option_check_profile(const struct settings *s, const char *value, struct error *err);
int option_check_har(const struct settings *s, const char *value, struct error *err);
int option_check_now(const struct settings *s, const char *value, struct error *err);
int option_check_report(const struct settings *s, const char *value, struct error *err);
int option_check_fail_on(const struct settings *s, const char *value, struct error *err);
int option_check_on_change(const struct settings *s, const char *value, struct error *err);

#endif
