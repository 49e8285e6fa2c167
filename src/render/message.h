/* message.h - messages of a service, for people. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "document.h"

/* Append messages with their links, each with the icon of its level. */
void message_put_all(struct render *r, size_t indent, const struct message *messages, size_t count);

/* The sign of a message's level, and a blank. */
const char *message_icon(const struct render *r, enum message_level level);

#endif
