/* wait_scene.h - the live view of a wait: each offer with its steps. */
#ifndef WAITING_WAIT_SCENE_H
#define WAITING_WAIT_SCENE_H

#include "wait_run.h"

/* Begin the live view if stdout is a terminal and the format is one for people. */
void wait_scene_begin(struct wait_run *run);

/* Draw what has changed.  Does nothing without a live view. */
void wait_scene_draw(struct wait_run *run);

#endif
