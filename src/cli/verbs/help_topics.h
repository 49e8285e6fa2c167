/* help_topics.h - the pages of `help TOPIC` that belong to no command. */
#ifndef VERBS_HELP_TOPICS_H
#define VERBS_HELP_TOPICS_H

#include <stddef.h>

struct help_topic {
    const char *name, *help;
    void (*print)(void);
};

#define TOPIC_MAX 16 /* rows at most, for arrays of them */

extern const struct help_topic help_topics[];
extern const size_t help_topic_count;

#endif
