/* har_members.h - the members of an answer that offerstat reads, and what each of them holds. */
#ifndef HAR_MEMBERS_H
#define HAR_MEMBERS_H

#include <stddef.h>

/* What a text is, which decides what becomes of it in a recording. */
enum har_class {
    HAR_REMOVED,   /* offerstat does not read it */
    HAR_WORD,      /* a word of the service, a type, a time */
    HAR_TEXT,      /* sentences, perhaps with JSON in them */
    HAR_HTML,      /* sentences and links */
    HAR_LINK,      /* the address of a further page */
    HAR_PAGE,      /* what marks a further page */
    HAR_ID,        /* of whatever the answer is about */
    HAR_OFFER,     /* the id of an offer */
    HAR_PUBLISHER, /* the id of a publisher */
    HAR_NAME,      /* a name that the publisher chose */
    HAR_NUMBER,    /* of a version: the rules compare it */
    HAR_SELLER,    /* the seller's number */
    HAR_REQUEST,   /* the service's id of a request */
    HAR_KEY,       /* the name of a member that no row has */
    HAR_DEEP_KEY   /* the same, inside a member that offerstat does not read */
};

/* Kinds of objects; the same names mean different things in them. */
enum har_place {
    HAR_UNREAD,  /* nothing in it is read */
    HAR_RECORD,  /* an element of a list, a page, or a document */
    HAR_PROBLEM, /* what HAR_RECORD is, of an answer whose status is an error's */
    HAR_ERROR,
    HAR_ERRORS, /* a list of errors, or a field to its sentences */
    HAR_FIELDS, /* a field to its sentences: any name */
    HAR_INNER_ERROR,
    HAR_DEFINITION,
    HAR_UPDATE,
    HAR_IDENTITY,
    HAR_EXTERNAL_ID,
    HAR_TARGET,
    HAR_SCHEDULE,
    HAR_STEP,
    HAR_MESSAGE
};

struct har_member {
    enum har_place place;
    const char *name;
    enum har_class class;  /* of a text or number in it, also as an element of a list */
    enum har_place object; /* what an object in it is, also as an element of a list */
};

/* The row of a member; NULL: offerstat does not read it. */
const struct har_member *har_member_find(enum har_place place, const char *name, size_t len);

#endif
