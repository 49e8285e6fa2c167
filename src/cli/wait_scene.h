/* wait_scene.h - a wait on the terminal: each offer with its steps. */
#ifndef CLI_WAIT_SCENE_H
#define CLI_WAIT_SCENE_H

#include "wait_run.h"

/* Take the screen, where stdout is a terminal and the format is one for people. */
void wait_scene_begin(struct wait_run *run);

/* Draw what has changed; nothing where the screen was not taken. */
void wait_scene_draw(struct wait_run *run);

#endif
