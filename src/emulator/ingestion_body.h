/* ingestion_body.h - the documents of the ingestion API, each for the caller to free. */
#ifndef EMULATOR_INGESTION_BODY_H
#define EMULATOR_INGESTION_BODY_H

#include "product.h"

#include <cjson/cJSON.h>

cJSON *ingestion_product(const struct product *p);

/* A list, the newest submission last; or whatever the scenario has in its place. */
cJSON *ingestion_submissions(const struct product *p);

/* What is below the submission with this id. */
cJSON *ingestion_workflow(const struct product *p, const char *submission_id);
cJSON *ingestion_validations(const struct product *p, const char *submission_id);

#endif
