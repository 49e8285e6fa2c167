"""The Partner Center ingestion API: facts to the bodies it answers."""
# story: submissions as "state/substate update" (oldest first, "live" = Published/InStore), workflow steps
LIVE = "Published/InStore Create/Completed"
STORIES = {
    "created": ([], ""),
    "first_running": (["InProgress/Submitted Create/Completed"], "Success InProgress"),
    "validation_failed": (["InProgress/InDraft Create/Failed"], ""),
    "certification_failed": (["InProgress/FailedInCertification Create/Completed"], "Success Failed"),
    "waits_first": (["Published/ReadyToPublish Create/Completed"], "Success Success InProgress"),
    "going_live_first": (["Published/Publishing Create/Completed"], "Success Success Success InProgress"),
    "live_idle": ([LIVE], ""),
    "update_running": ([LIVE, "InProgress/Submitted Create/Completed"], "Success InProgress"),
    "update_failed": ([LIVE, "InProgress/Failed Create/Completed"], "Success Failed"),
    "update_canceled": ([LIVE, "InProgress/Cancelled Create/Completed"], ""),
    "update_waits": ([LIVE, "Published/ReadyToPublish Create/Completed"], "Success Success InProgress"),
    "update_going_live": ([LIVE, "Published/Publishing Create/Completed"], "Success Success Success InProgress"),
    "golive_failed": ([LIVE, "InProgress/Failed Promote/Completed"], "Success Success Success Failed"),
    "delisted": ([LIVE], ""),
    "brought_back_running": ([LIVE, "InProgress/Submitted Create/Completed"], "Success InProgress"),
    "brought_back_ready": ([LIVE, "Published/ReadyToPublish Create/Completed"], "Success Success InProgress"),
    "review_found_issue": ([LIVE, "InProgress/FailedInCertification Create/Completed"], "Success Success Success Failed"),
    "state_cancelled": ([LIVE, "Cancelled/Submitted Create/Completed"], ""),
    "update_info_failed": ([LIVE, "InProgress/Submitted Submit/Failed"], ""),
    "step_failed": ([LIVE, "InProgress/Submitted Create/Completed"], "Success Failed"),
    "publishing_step_failed": ([LIVE, "Published/Publishing Create/Completed"], "Success Success Success Rejected"),
    "signoff_step": ([LIVE, "InProgress/Submitted Create/Completed"], "Success Success InProgress"),
    "update_info_cancelled": ([LIVE, "InProgress/Submitted Submit/Cancelled"], ""),
    "golive_pressed": ([LIVE, "Published/ReadyToPublish Promote/Running"], "Success Success Success InProgress"),
    "pending_confirmation": ([LIVE, "InProgress/InDraft Submit/PendingConfirmation"], ""),
    "published_published": ([LIVE, "Published/Published Create/Completed"], ""),
    "bare_draft": (["InProgress/InDraft -"], ""),
    "draft_over_live": ([LIVE, "InProgress/InDraft -"], ""),
    "draft_over_failed": ([LIVE, "InProgress/Failed Create/Completed", "InProgress/InDraft -"], "Success Failed"),
    "draft_over_review": ([LIVE, "InProgress/Submitted Create/Completed", "InProgress/InDraft -"],
                          "Success InProgress"),
    "draft_over_waits": ([LIVE, "Published/ReadyToPublish Create/Completed", "InProgress/InDraft -"], ""),
    "newer_deleted": ([LIVE, "InProgress/Failed Create/Completed", "Deleted/Submitted Create/Completed",
                       "Archived/InStore -"], "Failed"),
    "step_in_a_strange_word": ([LIVE, "InProgress/Submitted Create/Completed"], "Success Pondering"),
    "unordered_failed": ([LIVE, "InProgress/Failed Create/Completed"], "Failed"),
    "unordered": ([LIVE, "InProgress/Submitted Create/Completed"], "InProgress"),
    "substate_nobody_knows": ([LIVE, "InProgress/Levitating Create/Completed"], ""),
}
STEPS = ["Automated validation", "Preview Creation", "Publisher Signoff", "Certification", "Publish"]
NO_ORDER = [("b7a10000-0000-4000-8000-000000000001", "a7b10000-0000-4000-8000-000000000002"), ("5", "5"),
            ("-9", "-8"), ("9a", "8"), (None, None)]


def element(offer, types, rng):
    return {"resourceType": types[1], "name": offer.name,
            "externalIDs": [{"type": "AzureOfferId", "value": offer.id}], "isModularPublishing": True,
            "id": offer.guid}


def answers(offer, types, rng):
    told, steps = STORIES[offer.told["ingestion"][0]]
    ids = {}
    if offer.told["ingestion"][0].startswith("unordered"):
        pair = list(rng.choice(NO_ORDER))
        ids = dict(enumerate(pair))
    value = []
    for index, text in enumerate(told):
        words, update = text.split()
        state, substate = words.split("/")
        live = substate == "InStore" and state == "Published"
        number = offer.number("ingestion", True) + index - (1 if told[0] == LIVE else 0)
        if live:
            number = offer.number("ingestion", False)
        published = f"2026-05-{2 + 5 * offer.told['ingestion'][1]:02}T01:02:03.1234567Z"
        item = {"resourceType": "Submission", "state": state, "substate": substate,
                "targets": [{"type": "Scope", "value": "Preview"}], "resources": [],
                "publishedTimeInUtc": published if live else "1601-01-01T00:00:00Z",
                "releaseNumber": index + 1, "friendlyName": f"Submission {index + 1}", "areResourcesReady": True,
                "id": ids.get(index, str(number))}
        if update != "-":
            kind, status = update.split("/")
            item["pendingUpdateInfo"] = {"updateType": kind, "status": status}
            if status == "Failed":
                item["pendingUpdateInfo"]["failureReason"] = "Active validation errors"
        if item["id"] is None:
            del item["id"]
        value.append(item)
    words = steps.split() if steps else []
    flow = []
    for environment, first, last in (("Preview", 0, 3), ("Live", 3, 5)):
        if words:
            flow.append({"type": "Push", "state": "InProgress", "targetEnvironment": environment, "workflowSteps": [
                {"name": STEPS[i], "state": words[i] if i < len(words) else "NotStarted"}
                for i in range(first, last)]})
    errors = [{"errorCode": "10", "severity": "Error", "message": "The plan has no price.", "resource": "plan"},
              {"errorCode": "11", "severity": "Warning", "message": "The logo is small.", "resource": "listing"}]
    return {f"ingestion/submissions/{offer.guid}": {"value": value},
            f"ingestion/workflow/{offer.guid}": {"value": flow},
            f"ingestion/validations/{offer.guid}": {"value": errors if "Failed" in str(told[-1:]) else []}}
