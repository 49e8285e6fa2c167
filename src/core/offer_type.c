/* offer_type.c - short human names of the portal's offer types. */
#include "offerstat/offer.h"
#include "offerstat/word.h"

/* The raw names are those of the Cloud Partner Portal's documentation and answers; any other type
 * is free text and shown as it is. */
static const struct {
    const char *raw, *word, *title;
} types[] = {
    { "microsoft-azure-virtualmachines", "vm", "Virtual machine" },
    { "microsoft-azure-corevm", "core-vm", "Core virtual machine" },
    { "microsoft-azure-applications", "app", "Azure application" },
    { "microsoft-azure-container", "container", "Container" },
    { "microsoft-azure-consultingservices", "consulting", "Consulting service" },
};

static const char *const words[] = { "vm", "core-vm", "app", "container", "consulting" };

const char *offer_type_title(const char *raw_type)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (word_equal(raw_type, types[i].raw)) {
            return types[i].title;
        }
    }
    return raw_type;
}

bool offer_type_matches(const char *raw_type, const char *wanted)
{
    if (word_equal(raw_type, wanted)) {
        return true;
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (word_equal(wanted, types[i].word) || word_equal(wanted, types[i].title)) {
            return word_equal(raw_type, types[i].raw);
        }
    }
    return false;
}

size_t offer_type_words(const char *const **out)
{
    *out = words;
    return sizeof(words) / sizeof(words[0]);
}
