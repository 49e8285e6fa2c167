/* recording.h - what --har asks for: all requests and answers of a run in a file. */
#ifndef SESSION_RECORDING_H
#define SESSION_RECORDING_H

struct settings;

/* Begin to record where --har is given.  The offers are those of the command line.  A failure is
 * printed, and the run goes on without; recording_finish then returns its exit code. */
void recording_begin(struct settings *s, int offer_count, const char *const *offers);

/* Write the file; the exit code that the run ends with. */
int recording_finish(struct settings *s, int code);

#endif
