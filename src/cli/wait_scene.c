/* wait_scene.c - a wait on the terminal. */
#include "wait_scene.h"

#include "live_view.h"

void wait_scene_begin(struct wait_run *run)
{
    (void)run;
}

void wait_scene_draw(struct wait_run *run)
{
    (void)run;
}
