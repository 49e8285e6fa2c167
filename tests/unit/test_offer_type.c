/* test_offer_type.c - short names of types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"

#include <string.h>

static void known_types_have_titles_others_are_themselves(void **state)
{
    (void)state;
    assert_string_equal(offer_type_title("microsoft-azure-virtualmachines"), "Virtual machine");
    assert_string_equal(offer_type_title("Microsoft-Azure-Applications"), "Azure application");
    assert_string_equal(offer_type_title("something-new"), "something-new");
    assert_null(offer_type_title(NULL));
}

static void a_type_is_named_by_raw_word_short_word_or_title(void **state)
{
    (void)state;
    assert_true(offer_type_matches("microsoft-azure-virtualmachines", "vm"));
    assert_true(offer_type_matches("microsoft-azure-virtualmachines", "VM"));
    assert_true(offer_type_matches("microsoft-azure-virtualmachines", "Virtual Machine"));
    assert_true(
        offer_type_matches("microsoft-azure-virtualmachines", "microsoft-azure-virtualmachines"));
    assert_false(offer_type_matches("microsoft-azure-corevm", "vm"));
    assert_true(offer_type_matches("something-new", "Something-New"));
    assert_false(offer_type_matches("something-new", "vm"));
    assert_false(offer_type_matches(NULL, "vm"));
}

static void every_short_word_means_a_type(void **state)
{
    const char *const *words;
    size_t count = offer_type_words(&words);

    (void)state;
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_false(offer_type_matches("something-new", words[i]));
    }
}

static void every_known_type_has_its_names(void **state)
{
    static const struct {
        const char *raw, *word, *title;
    } rows[] = {
        { "microsoft-azure-virtualmachines", "vm", "Virtual machine" },
        { "microsoft-azure-corevm", "core-vm", "Core virtual machine" },
        { "microsoft-azure-applications", "app", "Azure application" },
        { "microsoft-azure-container", "container", "Container" },
        { "microsoft-azure-saas", "saas", "SaaS" },
        { "microsoft-azure-consulting", "consulting", "Consulting service" },
        { "AzureThirdPartyVirtualMachine", "vm", "Virtual machine" },
        { "azureVirtualMachine", "vm", "Virtual machine" },
        { "AzureApplication", "app", "Azure application" },
        { "azureContainer", "container", "Container" },
        { "SoftwareAsAService", "saas", "SaaS" },
        { "softwareAsAService", "saas", "SaaS" },
        { "microsoft-azure-consultingservices", "consulting", "Consulting service" },
        { "AzureConsultingService", "consulting", "Consulting service" },
        { "AzureManagedService", "managed", "Managed service" },
        { "AzureIoTEdgeModule", "iot", "IoT Edge module" },
        { "AzureDynamics365BusinessCentral", "bc", "Business Central" },
        { "AzureDynamics365ForCustomerEngagement", "crm", "Customer Engagement" },
        { "AzureDynamics365ForOperations", "operations", "Dynamics 365 Operations" },
        { "AzurePowerBIApp", "powerbi-app", "Power BI app" },
        { "AzurePowerBIVisual", "powerbi-visual", "Power BI visual" },
    };
    enum { COUNT = sizeof(rows) / sizeof(rows[0]) };
    const char *const *words;
    size_t count = offer_type_words(&words);

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        assert_string_equal(offer_type_title(rows[i].raw), rows[i].title);
        for (size_t j = 0; j < COUNT; j++) {
            bool same = strcmp(rows[i].word, rows[j].word) == 0;
            assert_int_equal(offer_type_matches(rows[i].raw, rows[j].raw), same);
            assert_int_equal(offer_type_matches(rows[i].raw, rows[j].word), same);
            assert_int_equal(offer_type_matches(rows[i].raw, rows[j].title), same);
        }
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(offer_type_matches(rows[i].raw, words[j]),
                             strcmp(rows[i].word, words[j]) == 0);
        }
        assert_false(offer_type_matches(rows[i].raw, "something-new"));
        assert_false(offer_type_matches(rows[i].raw, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_types_have_titles_others_are_themselves),
        cmocka_unit_test(a_type_is_named_by_raw_word_short_word_or_title),
        cmocka_unit_test(every_short_word_means_a_type),
        cmocka_unit_test(every_known_type_has_its_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
