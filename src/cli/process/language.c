/* language.c - which language is asked for, and its catalogue. */
#define _GNU_SOURCE /* uselocale */
#include "language.h"

#include "paths.h"

#include "offerstat/translate.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#define DOMAIN "offerstat"

static const char *const names[] = { "en", "ko" };
#define LANGUAGES (sizeof(names) / sizeof(names[0]))

static locale_t locale_of_texts; /* for gettext alone, kept until the end */

const char *language_name(size_t i)
{
    return i < LANGUAGES ? names[i] : NULL;
}

/* The language of a locale such as ko_KR.UTF-8; NULL when it is none of ours. */
static const char *language_of_locale(const char *locale)
{
    size_t letters = strcspn(locale, "_.@:");

    for (size_t i = 0; i < LANGUAGES; i++) {
        if (strlen(names[i]) == letters && strncmp(names[i], locale, letters) == 0) {
            return names[i];
        }
    }
    return NULL;
}

/* LANGUAGE is a list; its first language that we have counts. */
static const char *language_of_list(const char *list)
{
    for (;;) {
        size_t len = strcspn(list, ":");
        const char *language = language_of_locale(list);
        if (language != NULL || list[len] == '\0') {
            return language;
        }
        list += len + 1;
    }
}

static const char *language_of_environment(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *list = env_text("LANGUAGE"), *locale = NULL, *language = NULL;

    for (size_t i = 0; locale == NULL && i < sizeof(variables) / sizeof(variables[0]); i++) {
        locale = env_text(variables[i]);
    }
    /* As with every program: LC_ALL=C means English whatever LANGUAGE says. */
    if (locale != NULL && (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)) {
        return "en";
    }
    if (list != NULL) {
        language = language_of_list(list);
    }
    if (language == NULL && locale != NULL) {
        language = language_of_locale(locale);
    }
    return language != NULL ? language : "en";
}

/* The last --lang, as it is written. */
static const char *language_of_arguments(int argc, char *const *argv)
{
    const char *asked = NULL;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0) {
            asked = argv[i] + 7;
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            asked = argv[++i];
        }
    }
    return asked;
}

const char *language_choose(int argc, char *const *argv)
{
    const char *asked = language_of_arguments(argc, argv);

    if (asked == NULL) {
        asked = env_text("OFFERSTAT_LANG");
    }
    if (asked == NULL) {
        return language_of_environment();
    }
    asked = language_of_locale(asked);
    return asked != NULL ? asked
                         : "en"; /* an unknown one is refused later, with the other options */
}

/* Under its own locale, so that texts of libraries, which are in JSON as well, stay English. */
static const char *language_look_up(const char *one, const char *many, unsigned long count)
{
    locale_t before = uselocale(locale_of_texts);
    const char *text;

    if (many == NULL) {
        text = dgettext(DOMAIN, one);
    } else {
        text = dngettext(DOMAIN, one, many, count);
    }
    uselocale(before);
    return text;
}

/* The folder of catalogues: beside the program in the build tree, else where it is installed. */
static bool find_catalogue(const char *language, char folder[PATH_MAX])
{
    static const char *const places[] = { "share/locale", OFFERSTAT_LOCALE_FROM_BIN };
    char program[PATH_MAX], file[2 * PATH_MAX];
    /* Not by /proc, which may not be mounted.  The auxiliary vector has addresses as numbers. */
    const char *started =
        (const char *)getauxval(AT_EXECFN); /* NOLINT(performance-no-int-to-ptr) */
    char *slash;

    if (started == NULL || realpath(started, program) == NULL) {
        return false;
    }
    slash = strrchr(program, '/');
    if (slash == NULL) {
        return false;
    }
    slash[1] = '\0';
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        int used = snprintf(folder, PATH_MAX, "%s%s", program, places[i]);
        snprintf(file, sizeof(file), "%s/%s/LC_MESSAGES/" DOMAIN ".mo", folder, language);
        if (used < PATH_MAX && access(file, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* gettext obeys LANGUAGE, but not in the locales "C" and, from glibc 2.39 on, "C.UTF-8", and a
 * machine may have no others.  For C_KR.UTF-8 the C library loads C.UTF-8, since it drops a
 * territory that it does not have, while gettext compares the name. */
static locale_t open_locale(void)
{
    static const char *const locales[] = { "C_KR.UTF-8", "ko_KR.UTF-8", "en_US.UTF-8" };
    locale_t locale = (locale_t)0;

    for (size_t i = 0; locale == (locale_t)0 && i < sizeof(locales) / sizeof(locales[0]); i++) {
        locale = newlocale(LC_MESSAGES_MASK, locales[i], (locale_t)0);
    }
    return locale;
}

int language_use(const char *name)
{
    char folder[PATH_MAX];

    translate_by(NULL);
    if (strcmp(name, names[0]) == 0) {
        return 0;
    }
    if (locale_of_texts == (locale_t)0) {
        locale_of_texts = open_locale();
    }
    if (locale_of_texts == (locale_t)0 || !find_catalogue(name, folder) ||
        bindtextdomain(DOMAIN, folder) == NULL ||
        bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL || setenv("LANGUAGE", name, 1) != 0) {
        return -1;
    }
    translate_by(language_look_up);
    return 0;
}
