/* cmd_completion.c - completion for bash, zsh and fish. */
#include "complete.h"
#include "options/commands.h"
#include "options/options.h"
#include "options/refuse.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

/* completion/offerstat.*, as the build has embedded them. */
extern const unsigned char completion_bash[], completion_zsh[], completion_fish[];
extern const size_t completion_bash_size, completion_zsh_size, completion_fish_size;

static const struct {
    const char *name;
    const unsigned char *script;
    const size_t *size;
} shells[] = {
    { .name = "bash", .script = completion_bash, .size = &completion_bash_size },
    { .name = "zsh", .script = completion_zsh, .size = &completion_zsh_size },
    { .name = "fish", .script = completion_fish, .size = &completion_fish_size },
};
#define SHELL_COUNT (sizeof(shells) / sizeof(shells[0]))

static const char *shell_at(size_t i)
{
    return i < SHELL_COUNT ? shells[i].name : NULL;
}

/* `completion reply -- WORD...` is what the scripts run; help does not mention it. */
static int completion_run(const struct settings *s, int count, const char *const *arguments)
{
    const char *names[SHELL_COUNT];
    struct error err = ERROR_INIT;

    (void)s;
    if (count > 1 && strcmp(arguments[0], "reply") == 0) {
        complete_words(count - 1, arguments + 1);
        return EXIT_OK;
    }
    for (size_t i = 0; i < SHELL_COUNT; i++) {
        names[i] = shells[i].name;
        if (count == 1 && strcmp(arguments[0], shells[i].name) == 0) {
            fwrite(shells[i].script, 1, *shells[i].size, stdout);
            return EXIT_OK;
        }
    }
    if (count > 1) {
        error_set(&err, ERR_USAGE, "completion takes one shell");
    } else {
        refuse_word(N_("no completion for"), arguments[0], names, SHELL_COUNT, REFUSE_AND_LIST,
                    &err);
    }
    say_error(&err);
    return outcome_of_error(err.code);
}

const struct cli_command command_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish",
    .help = N_("the completion script of a shell"),
    .examples = { { .what = N_("in this bash, from now on"),
                    .command = "source <(offerstat completion bash)" },
                  { .what = N_("in every fish"),
                    .command =
                        "offerstat completion fish > ~/.config/fish/completions/offerstat.fish" } },
    .more = N_("An installed package has them in place. Offers are completed where a ready token "
               "(OFFERSTAT_TOKEN, --token-file) lists them within 0.3 seconds."),
    .groups = FOR_ALL,
    .word_at = shell_at,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = completion_run,
};
