/* answer.h - whether an object is what was asked for.  Services send error documents and empty
 * objects with status 200, too; since most members are optional, these would read as "nothing is
 * wrong". */
#ifndef REST_ANSWER_H
#define REST_ANSWER_H

#include "json/json.h"

/* The members by which an error document is known. */
#define ANSWER_ERROR "error"
#define ANSWER_ERRORS "errors"
#define ANSWER_MESSAGE "message"
#define ANSWER_FAULT "faultCode" /* Partner Center's, beside a reasonPhrase */

/* The same for a list of members that json_parse is to keep. */
#define ANSWER_MEMBERS ANSWER_ERROR, ANSWER_ERRORS, ANSWER_MESSAGE, ANSWER_FAULT

/* Whether object has an error, or a list of errors that is not empty.  No documented answer has
 * either, except a submission of the Cloud Partner Portal and a job's status: a service that fails
 * in the middle of an answer adds them to what it has written so far. */
bool answer_has_error(const cJSON *object);

/* Whether object looks like an error document.  Only for objects that cannot be recognized as an
 * answer, since an answer may have such members, too. */
bool answer_is_error(const cJSON *object);

/* Check that item has the members of an answer.  what: "a submission", marked for translation;
 * members: those it must have, NULL after the last; of "a|b" one is enough; null and "" count as
 * absent. where: as in json/json.h. 0, or -1 with *err (ERR_ANSWER). */
int answer_check(const cJSON *item, const char *where, const char *what, const char *const *members,
                 struct error *err);

/* The same, and that it has no error (answer_has_error). */
int answer_check_whole(const cJSON *item, const char *what, const char *const *members,
                       struct error *err);

#endif
