/* replay.c - gives a target every file of its corpus, where there is no libFuzzer. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#define INPUT_MAX ((size_t)4 * 1024 * 1024)

static int replay(const char *name)
{
    FILE *in = fopen(name, "rb");
    uint8_t *data = malloc(INPUT_MAX);
    size_t size = in != NULL && data != NULL ? fread(data, 1, INPUT_MAX, in) : 0;
    uint8_t *exact = malloc(size > 0 ? size : 1); /* so that a byte too far is noticed */

    if (in == NULL || data == NULL || exact == NULL) {
        perror(name);
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        exact[i] = data[i];
    }
    (void)LLVMFuzzerTestOneInput(exact, size);
    fclose(in);
    free(exact);
    free(data);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;

    for (int i = 1; i < argc; i++) {
        failed |= replay(argv[i]);
    }
    printf("%d inputs\n", argc - 1);
    return failed;
}
