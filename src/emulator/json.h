/* json.h - members of JSON objects, as far as cJSON has no function for them. */
#ifndef EMULATOR_JSON_H
#define EMULATOR_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* The text of a member, owned by the object; NULL where it is missing or is no text. */
const char *json_text(const cJSON *object, const char *member);

/* Whether the member is this text, ASCII case ignored. */
bool json_text_is(const cJSON *object, const char *member, const char *wanted);

/* Copy a text from one object to another under the given name; a missing one is left out. */
void json_add_text(cJSON *to, const char *name, const cJSON *from, const char *member);

/* Set a member, whether it was there or not.  Takes value over. */
void json_set(cJSON *object, const char *name, cJSON *value);
void json_set_text(cJSON *object, const char *name, const char *text);

/* Let a scenario change what was derived: the members of an object replace those of item, any other
 * value replaces the whole of it, NULL changes nothing.  Takes item over and returns the result. */
cJSON *json_overlay(cJSON *item, const cJSON *over);

#endif
