/* fuzz_config.c - configuration files: read as every command reads them, then changed and read
 * again. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"
#include "options/command_line.h"
#include "options/commands.h"
#include "options/settings_read.h"
#include "terminal/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void read_all(const char *profile)
{
    char *words[] = { (char *)"offerstat", (char *)"list", (char *)"--profile", (char *)profile,
                      NULL };
    struct command_line line;
    struct settings s;
    struct error err = ERROR_INIT;

    if (command_line_read(profile != NULL ? 4 : 2, words, &line, &err) != 0) {
        abort();
    }
    if (settings_read(&s, command_find("list"), &line, &err) == 0) {
        settings_free(&s);
    } else if (err.code == ERR_NONE) {
        abort();
    }
    command_line_clear(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    char path[64];

    if (file < 0) {
        say_setup(true, false, false);
        file = memfd_create("config", 0);
        snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
        setenv("OFFERSTAT_CONFIG", path, 1);
    }
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size) {
        abort();
    }
    read_all(NULL);
    read_all("x");
    return 0;
}
