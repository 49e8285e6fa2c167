/* har_members.c - the allow-list of recordings.  What the decoders of the three APIs and of errors
 * read stands here once more, since a member that is new to a decoder must not slip into files that
 * people send to others: tests/recordings finds what is missing here. */
#include "har/har_members.h"

#include <string.h>

static const struct har_member members[] = {
    /* pages */
    { HAR_RECORD, "value", HAR_REMOVED, HAR_RECORD },
    { HAR_RECORD, "nextLink", HAR_LINK, HAR_UNREAD },
    { HAR_RECORD, "@odata.nextLink", HAR_LINK, HAR_UNREAD },
    { HAR_RECORD, "@nextLink", HAR_LINK, HAR_UNREAD },
    { HAR_RECORD, "continuationToken", HAR_PAGE, HAR_UNREAD },
    /* Cloud Partner Portal */
    { HAR_RECORD, "id", HAR_ID, HAR_UNREAD },
    { HAR_RECORD, "status", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "offerTypeId", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "publisherId", HAR_PUBLISHER, HAR_UNREAD },
    { HAR_RECORD, "version", HAR_NUMBER, HAR_UNREAD },
    { HAR_RECORD, "changedTime", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "createdDateTime", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "submissionType", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "submissionState", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "slot", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "definition", HAR_REMOVED, HAR_DEFINITION },
    { HAR_RECORD, "steps", HAR_REMOVED, HAR_STEP },
    { HAR_RECORD, "messages", HAR_REMOVED, HAR_MESSAGE },
    { HAR_DEFINITION, "displayText", HAR_NAME, HAR_UNREAD },
    { HAR_DEFINITION, "sellerId", HAR_SELLER, HAR_UNREAD },
    { HAR_STEP, "id", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "stepName", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "status", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "description", HAR_TEXT, HAR_UNREAD },
    { HAR_STEP, "estimatedTimeFrame", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "progressPercentage", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "processPercentage", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "messages", HAR_REMOVED, HAR_MESSAGE },
    { HAR_MESSAGE, "messageHtml", HAR_HTML, HAR_UNREAD },
    { HAR_MESSAGE, "level", HAR_WORD, HAR_UNREAD },
    { HAR_MESSAGE, "timestamp", HAR_WORD, HAR_UNREAD },
    /* Partner Center ingestion */
    { HAR_RECORD, "name", HAR_NAME, HAR_UNREAD },
    { HAR_RECORD, "resourceType", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "externalIDs", HAR_REMOVED, HAR_EXTERNAL_ID },
    { HAR_RECORD, "state", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "substate", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "subState", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "pendingUpdateInfo", HAR_REMOVED, HAR_UPDATE },
    { HAR_RECORD, "releaseNumber", HAR_NUMBER, HAR_UNREAD },
    { HAR_RECORD, "publishedTimeInUtc", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "targetEnvironment", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "workflowSteps", HAR_REMOVED, HAR_STEP },
    { HAR_RECORD, "startDateTimeInUtc", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "completeDateTimeInUtc", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "severity", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "errorCode", HAR_TEXT, HAR_UNREAD },
    { HAR_RECORD, "resource", HAR_TEXT, HAR_UNREAD },
    { HAR_EXTERNAL_ID, "type", HAR_WORD, HAR_UNREAD },
    { HAR_EXTERNAL_ID, "value", HAR_OFFER, HAR_UNREAD },
    { HAR_UPDATE, "updateType", HAR_WORD, HAR_UNREAD },
    { HAR_UPDATE, "status", HAR_WORD, HAR_UNREAD },
    { HAR_UPDATE, "failureReason", HAR_TEXT, HAR_UNREAD },
    { HAR_STEP, "name", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "state", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "startDateTimeInUtc", HAR_WORD, HAR_UNREAD },
    { HAR_STEP, "completeDateTimeInUtc", HAR_WORD, HAR_UNREAD },
    /* product ingestion */
    { HAR_RECORD, "type", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "alias", HAR_NAME, HAR_UNREAD },
    { HAR_RECORD, "identity", HAR_REMOVED, HAR_IDENTITY },
    { HAR_RECORD, "lifecycleState", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "target", HAR_REMOVED, HAR_TARGET },
    { HAR_RECORD, "result", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "created", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "deprecationSchedule", HAR_REMOVED, HAR_SCHEDULE },
    { HAR_RECORD, "validations", HAR_REMOVED, HAR_ERROR },
    { HAR_RECORD, "jobId", HAR_ID, HAR_UNREAD },
    { HAR_RECORD, "jobID", HAR_ID, HAR_UNREAD },
    { HAR_RECORD, "jobStatus", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "jobResult", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "jobStart", HAR_WORD, HAR_UNREAD },
    { HAR_RECORD, "jobEnd", HAR_WORD, HAR_UNREAD },
    { HAR_IDENTITY, "externalId", HAR_OFFER, HAR_UNREAD },
    { HAR_IDENTITY, "externalID", HAR_OFFER, HAR_UNREAD },
    { HAR_IDENTITY, "externalid", HAR_OFFER, HAR_UNREAD },
    { HAR_TARGET, "targetType", HAR_WORD, HAR_UNREAD },
    { HAR_SCHEDULE, "date", HAR_WORD, HAR_UNREAD },
    /* errors, which may stand in the place of any document */
    { HAR_RECORD, "error", HAR_TEXT, HAR_ERROR },
    { HAR_RECORD, "errors", HAR_REMOVED, HAR_ERROR },
    { HAR_RECORD, "code", HAR_TEXT, HAR_UNREAD },
    { HAR_RECORD, "message", HAR_TEXT, HAR_UNREAD },
    { HAR_RECORD, "details", HAR_REMOVED, HAR_ERROR },
    { HAR_PROBLEM, "errors", HAR_REMOVED, HAR_ERRORS },
    { HAR_PROBLEM, "data", HAR_REMOVED, HAR_FIELDS },
    { HAR_PROBLEM, "faultCode", HAR_WORD, HAR_UNREAD },
    { HAR_PROBLEM, "reasonPhrase", HAR_TEXT, HAR_UNREAD },
    { HAR_PROBLEM, "title", HAR_TEXT, HAR_UNREAD },
    { HAR_PROBLEM, "statusCode", HAR_WORD, HAR_UNREAD },
    { HAR_ERROR, "code", HAR_TEXT, HAR_UNREAD },
    { HAR_ERROR, "message", HAR_TEXT, HAR_UNREAD },
    { HAR_ERROR, "level", HAR_WORD, HAR_UNREAD },
    { HAR_ERROR, "details", HAR_REMOVED, HAR_ERROR },
    { HAR_ERROR, "innerError", HAR_REMOVED, HAR_INNER_ERROR },
    { HAR_ERROR, "innererror", HAR_REMOVED, HAR_INNER_ERROR },
    { HAR_INNER_ERROR, "request-id", HAR_REQUEST, HAR_UNREAD },
    { HAR_INNER_ERROR, "client-request-id", HAR_REQUEST, HAR_UNREAD },
    { HAR_INNER_ERROR, "date", HAR_WORD, HAR_UNREAD },
};

static const struct har_member any_field = { HAR_FIELDS, "", HAR_TEXT, HAR_UNREAD };

const struct har_member *har_member_find(enum har_place place, const char *name, size_t len)
{
    const struct har_member *found = NULL;

    if (place == HAR_FIELDS) {
        return &any_field;
    }
    for (size_t i = 0; found == NULL && i < sizeof(members) / sizeof(members[0]); i++) {
        if (members[i].place == place && strncmp(members[i].name, name, len) == 0 &&
            members[i].name[len] == '\0') {
            found = &members[i];
        }
    }
    if (found == NULL && place == HAR_PROBLEM) {
        found = har_member_find(HAR_RECORD, name, len);
    }
    return found;
}
