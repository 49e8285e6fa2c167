/* escape.h - text from the service made safe for where it is printed.  Nothing else decides what is
 * safe. */
#ifndef OFFERSTAT_ESCAPE_H
#define OFFERSTAT_ESCAPE_H

#include "offerstat/strbuf.h"

#include <stdbool.h>

enum escape_flags {
    ESCAPE_LINES = 1, /* '\n' stays, as a line end; otherwise it is shown as <U+000A> */
    ESCAPE_CI = 2, /* break up what a CI runner would obey: "##[", "##vso[", "::" first in a line */
    ESCAPE_WIDTH = 4 /* show a character whose width is not known as <U+50000> */
};

/* Append text for people, on a terminal, in a pipe or a log: C0, C1, DEL, lone CR and bidirectional
 * controls as <U+001B>, invalid UTF-8 as U+FFFD.  The start of text counts as the start of a line.
 * out->failed is set when there is no memory or `out` is full. */
void escape_text(struct strbuf *out, const char *text, unsigned flags);

/* Append text as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.  Whatever escape_text
 * would replace is written as \u, which is the same text to a JSON parser; so is '#', so that a log
 * of the document holds no CI command.  Fails as escape_text does. */
void escape_json(struct strbuf *out, const char *text);

/* Append text as one cell of CSV (RFC 4180): made safe as escape_text does with ESCAPE_LINES and
 * ESCAPE_CI, quoted where it must be, and with an apostrophe in front where a spreadsheet would run
 * it as a formula. */
void escape_csv(struct strbuf *out, const char *text);

/* Append text with a backslash in front of the characters of `special`, all of them ASCII; a line
 * end, a carriage return and a tab among them become \n, \r and \t.  The rest is made safe as
 * escape_text does with ESCAPE_CI. */
void escape_backslash(struct strbuf *out, const char *text, const char *special);

/* Append text for XML and HTML, for an element or for an attribute in quotes: made safe as
 * escape_text does with ESCAPE_LINES, line ends and '#' as references, so that it begins no line
 * and holds no command of a CI runner. */
void escape_markup(struct strbuf *out, const char *text);

/* Append text for Markdown, of GitHub's kind or any other: made safe as escape_text does, and
 * whatever could mean something as a reference.  "@name" mentions no one and "#1" links no issue.
 * A line end becomes `line_end`; NULL: it is shown as <U+000A>. */
void escape_markdown(struct strbuf *out, const char *text, const char *line_end);

#endif
