/* redact.c - a list of secrets, searched for in every text that may repeat one. */
#include "http/redact.h"

#include "offerstat/secret.h"

#include <stdlib.h>
#include <string.h>

struct redact_secret {
    struct redact_secret *next;
    char text[];
};

int redact_add(struct redact_list *list, const char *secret, struct error *err)
{
    size_t len = strlen(secret);
    struct redact_secret *copy;

    if (len < REDACT_SECRET_MIN) {
        return 0;
    }
    for (const struct redact_secret *known = list->first; known != NULL; known = known->next) {
        if (strcmp(known->text, secret) == 0) {
            return 0;
        }
    }
    copy = malloc(sizeof(*copy) + len + 1);
    if (copy == NULL) {
        return error_memory(err);
    }
    memcpy(copy->text, secret, len + 1);
    copy->next = list->first;
    list->first = copy;
    return 0;
}

void redact_text(const struct redact_list *list, char *text)
{
    for (const struct redact_secret *secret = list->first; secret != NULL; secret = secret->next) {
        size_t len = strlen(secret->text);
        for (char *at = text; (at = strstr(at, secret->text)) != NULL; at += len) {
            memset(at, '*', len);
        }
    }
}

void redact_clear(struct redact_list *list)
{
    while (list->first != NULL) {
        struct redact_secret *secret = list->first;
        list->first = secret->next;
        secret_wipe(secret->text, strlen(secret->text));
        free(secret);
    }
}
