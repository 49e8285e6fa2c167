/* har_class.h - what becomes of a text, by what it is: callbacks for struct har_body, whose user is
 * a struct har_context. */
#ifndef HAR_CLASS_H
#define HAR_CLASS_H

#include "har/har_members.h"
#include "har/har_names.h"

#include <stdbool.h>

struct har_context {
    struct har_names *names;
    enum har_kind kind; /* of an id of whatever the answer is about */
    bool learn;         /* remember names */
    unsigned nested;    /* JSON within a text within JSON ... */
};

/* While it is recorded: secrets are hidden, and what is not read of HTML and addresses goes. */
void har_on_record(void *user, enum har_class class, struct strbuf *value);

/* When the recording is written: what names someone is replaced. */
void har_on_replace(void *user, enum har_class class, struct strbuf *value);

#endif
