/* offer_type.c - short human names of the portal's offer types. */
#include "offerstat/offer.h"
#include "offerstat/translate.h"
#include "offerstat/word.h"

#define RAW_MAX 3

/* The raw names are those of the Cloud Partner Portal's documentation and answers, of Partner
 * Center's resource types (partnercenter-cli-extension lists twelve) and of the Product Ingestion
 * API's documentation; any other type is shown as it is. */
static const struct {
    const char *word, *title, *raw[RAW_MAX];
} types[] = {
    { "vm",
      N_("Virtual machine"),
      { "microsoft-azure-virtualmachines", "AzureThirdPartyVirtualMachine",
        "azureVirtualMachine" } },
    { "core-vm", N_("Core virtual machine"), { "microsoft-azure-corevm" } },
    { "app", N_("Azure application"), { "microsoft-azure-applications", "AzureApplication" } },
    { "container", N_("Container"), { "microsoft-azure-container", "AzureContainer" } },
    { "saas", "SaaS", { "microsoft-azure-saas", "SoftwareAsAService" } },
    { "consulting",
      N_("Consulting service"),
      { "microsoft-azure-consultingservices", "microsoft-azure-consulting",
        "AzureConsultingService" } },
    { "managed", N_("Managed service"), { "AzureManagedService" } },
    { "iot", N_("IoT Edge module"), { "AzureIoTEdgeModule" } },
    { "bc", "Business Central", { "AzureDynamics365BusinessCentral" } },
    { "crm", "Customer Engagement", { "AzureDynamics365ForCustomerEngagement" } },
    { "operations", "Dynamics 365 Operations", { "AzureDynamics365ForOperations" } },
    { "powerbi-app", N_("Power BI app"), { "AzurePowerBIApp" } },
    { "powerbi-visual", N_("Power BI visual"), { "AzurePowerBIVisual" } },
};
#define TYPE_COUNT (sizeof(types) / sizeof(types[0]))

static bool is_raw_name(size_t type, const char *raw)
{
    for (size_t i = 0; i < RAW_MAX; i++) {
        if (word_equal(raw, types[type].raw[i])) {
            return true;
        }
    }
    return false;
}

const char *offer_type_title(const char *raw_type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (is_raw_name(i, raw_type)) {
            return _(types[i].title);
        }
    }
    return raw_type;
}

bool offer_type_matches(const char *raw_type, const char *wanted)
{
    if (word_equal(raw_type, wanted)) {
        return true;
    }
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (word_equal(wanted, types[i].word) || word_equal(wanted, types[i].title) ||
            is_raw_name(i, wanted)) {
            return is_raw_name(i, raw_type);
        }
    }
    return false;
}

size_t offer_type_words(const char *const **out)
{
    static const char *words[TYPE_COUNT];

    for (size_t i = 0; i < TYPE_COUNT; i++) {
        words[i] = types[i].word;
    }
    *out = words;
    return TYPE_COUNT;
}
