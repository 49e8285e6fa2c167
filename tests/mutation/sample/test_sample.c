/* test_sample.c - a test that leaves room for a mutant: it does not ask at 50. */
#include "sample.h"

int main(void)
{
    return sample_grade(-1) == -1 && sample_grade(0) == 0 && sample_grade(49) == 0 &&
                   sample_grade(51) == 1
               ? 0
               : 1;
}
