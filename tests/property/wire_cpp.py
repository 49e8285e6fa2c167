"""The Cloud Partner Portal API: facts to the bodies it answers."""
STEPS = [("displaydummycertify", "Validate Pre-Requisites"), ("displaycertify", "Certification"),
         ("displayprovision", "Provisioning"), ("displaypackage", "Packaging and Lead Generation Registration"),
         ("publisher-signoff", "Publisher signoff"), ("live", "Live")]
SIGNOFF, LIVE = 4, 5

# story: status word, (step at which it stands, its word), production and preview slots, submissions
STORIES = {
    "created": ("neverPublished", None, 0, 0, []),
    "first_running": ("running", (1, "inProgress"), 0, 0, ["publish running"]),
    "validation_failed": ("failed", (0, "rejected"), 0, 0, ["publish failed"]),
    "certification_failed": ("failed", (1, "rejected"), 0, 0, ["publish failed"]),
    "waits_first": ("running", (SIGNOFF, "waitingForPublisherReview"), 0, 1, ["publish running"]),
    "going_live_first": ("running", (LIVE, "inProgress"), 0, 1, ["publish succeeded", "golive running"]),
    "live_idle": ("succeeded", (6, ""), 1, 1, ["publish succeeded", "golive completed"]),
    "update_running": ("running", (2, "inProgress"), 1, 1, ["golive completed", "publish running"]),
    "update_failed": ("failed", (1, "rejected"), 1, 1, ["golive completed", "publish failed"]),
    "update_canceled": ("canceled", (1, "canceled"), 1, 1, ["golive completed", "publish canceled"]),
    "update_waits": ("running", (SIGNOFF, "waitingForPublisherReview"), 1, 1, ["golive completed", "publish running"]),
    "update_going_live": ("running", (LIVE, "inProgress"), 1, 1, ["publish succeeded", "golive running"]),
    "golive_failed": ("failed", (LIVE, "rejected"), 1, 1, ["publish succeeded", "golive failed"]),
    "delisted": ("succeeded", (6, ""), 0, 0, ["publish succeeded", "golive completed"]),
    "brought_back_running": ("running", (1, "inProgress"), 0, 0, ["golive completed", "publish running"]),
    "brought_back_ready": ("running", (SIGNOFF, "waitingForPublisherReview"), 0, 1,
                           ["golive completed", "publish running"]),
    "review_found_issue": ("canceled", (LIVE, "rejected"), 1, 1, ["publish succeeded", "golive canceled"]),
    "review_word": ("waitingForPublisherReview", (SIGNOFF, "waitingForPublisherReview"), 1, 1, ["publish running"]),
    "running_rejected": ("running", (1, "rejected"), 1, 1, ["publish running"]),
    "other_step_waits": ("running", (3, "waitingForPublisherReview"), 1, 1, ["publish running"]),
    "blocked": ("running", (1, "blocked"), 1, 1, ["publish running"]),
    "canceled_rejected": ("canceled", (1, "rejected"), 1, 1, ["publish canceled"]),
    "published_not_live": ("succeeded", (SIGNOFF, "notStarted"), 0, 1, ["publish succeeded"]),
    "published_word": ("published", (6, ""), 1, 1, ["golive completed"]),
    "word_of_delisting": ("stopSold", (6, ""), 0, 0, ["golive completed"]),
    "word_nobody_knows": ("levitating", (2, "inProgress"), 1, 1, ["publish running"]),
    "moved_meanwhile": ("running/neverPublished", None, 0, 0, []),  # of the list, of /status
    "slots_that_fit_no_rule": ("succeeded", (SIGNOFF, "notStarted"), 0, 0, ["publish succeeded"]),
}


def spelled(rng, word):
    """The documents write words in Pascal case, the wire in camel case, and cancel(l)ed with one l or two."""
    if word == "canceled" and rng.random() < 0.3:
        word = "cancelled"
    return word[:1].upper() + word[1:] if rng.random() < 0.15 else word


def element(offer, types, rng):
    status = STORIES[offer.told["cpp"][0]][0].split("/")[0]
    day = 4 + 5 * offer.told["cpp"][1]  # after what the other APIs tell of the same step
    return {"offerTypeId": types[0], "publisherId": "contoso", "status": spelled(rng, status), "id": offer.id,
            "version": 3, "definition": {"displayText": offer.name}, "changedTime": f"2026-05-{day:02}T12:25:56.651",
            "lockStatus": "none", "pcMigrationStatus": "none", "offerTypeChanges": []}


def answers(offer, types, rng):
    """{route: body}; a slot that is not there has no entry."""
    status, at, production, preview, submissions = STORIES[offer.told["cpp"][0]]
    status = status.split("/")[-1]
    steps = []
    for index, (id, name) in enumerate(STEPS if at else []):
        word = "complete" if index < at[0] else at[1] if index == at[0] else "notStarted"
        messages = []
        if word in ("rejected", "blocked"):
            messages = [{"messageHtml": "See item 42.", "level": "error", "timestamp": "2026-03-16T17:50:45.123456Z"}]
        steps.append({"id": id, "stepName": name, "description": name, "status": spelled(rng, word),
                      "messages": messages, "progressPercentage": 0})
    told = []
    for index, text in enumerate(submissions):
        kind, state = text.split()
        told.append({"id": str(7 + index), "offerId": offer.id, "offerVersion": 3, "publisherId": "contoso",
                     "submissionType": kind, "submissionState": spelled(rng, state), "publishingVersion": 3,
                     "slot": "staging", "version": 636576975611768314 + index,
                     "changedTime": f"2026-04-{10 + index}T01:02:03.123456Z"})
    told.reverse()  # newest first
    slot = {"offerTypeId": types[0], "publisherId": "contoso", "status": status, "id": offer.id, "version": 3,
            "definition": {"displayText": offer.name}, "changedTime": "2026-05-01T00:00:00.000"}
    routes = {f"cpp/status/{offer.id}": {"status": spelled(rng, status), "messages": [], "steps": steps,
                                         "previewLinks": [], "liveLinks": []},
              f"cpp/submissions/{offer.id}": told}
    if production:
        routes[f"cpp/production/{offer.id}"] = dict(slot)
    if preview:
        routes[f"cpp/preview/{offer.id}"] = dict(slot)
    return routes
