/* har.h - a recording in HAR 1.2, of offerstat or of a browser. */
#ifndef EMULATOR_HAR_H
#define EMULATOR_HAR_H

#include "har_entry.h"

/* 0 with *out, or -1 with *err, which says where the file is not what it should be. */
int har_load(const char *file, struct har **out, struct error *err);
void har_free(struct har *har); /* NULL is fine */

#endif
