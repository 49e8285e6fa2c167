"""Facts: what truly happened to an offer, and what each API can tell of it. No JSON here.

A story is one row of the mapping: COMMON rows can be told by several APIs at once, the others are the rules of one
API. A cell says (state, live values, whether that API shows the newest submission). Of several live values each is
right, because the documents leave the choice open.
"""
import random
import uuid

APIS = ("cpp", "ingestion", "graph")
TYPES = {  # as cpp, ingestion and graph write them
    "vm": ("microsoft-azure-virtualmachines", "AzureThirdPartyVirtualMachine", "azureVirtualMachine"),
    "container": ("microsoft-azure-container", "AzureContainer", "azureContainer"),
    "saas": ("microsoft-azure-saas", "SoftwareAsAService", "softwareAsAService"),
    "app": ("microsoft-azure-applications", "AzureApplication", None),
}


def cell(state, live, new=True):
    return state, frozenset(live.split("|")), new


COMMON = {
    "created": {api: cell("none", "no", False) for api in APIS},
    "first_running": {api: cell("in_progress", "no") for api in APIS},
    "validation_failed": {api: cell("failed", "no") for api in APIS},
    "certification_failed": {api: cell("failed", "no") for api in APIS},
    "waits_first": {api: cell("pending_signoff", "preview") for api in APIS},
    "going_live_first": {api: cell("in_progress", "no|preview") for api in APIS},
    "live_idle": {api: cell("none", "yes", False) for api in APIS},
    "update_running": {api: cell("in_progress", "yes") for api in APIS},
    "update_failed": {api: cell("failed", "yes") for api in APIS},
    "update_canceled": {"cpp": cell("canceled", "yes"), "ingestion": cell("canceled", "yes"),
                        "graph": cell("none", "yes", False)},
    "update_waits": {api: cell("pending_signoff", "yes") for api in APIS},
    "update_going_live": {api: cell("in_progress", "yes") for api in APIS},
    "golive_failed": {api: cell("failed", "yes") for api in APIS},
    "delisted": {"cpp": cell("delisted", "no", False), "ingestion": cell("none", "yes", False),
                 "graph": cell("delisted", "no", False)},
    "brought_back_running": {"cpp": cell("in_progress", "no|preview"), "ingestion": cell("in_progress", "yes"),
                             "graph": cell("in_progress", "no")},
    "brought_back_ready": {"cpp": cell("pending_signoff", "no|preview"), "ingestion": cell("pending_signoff", "yes"),
                           "graph": cell("pending_signoff", "no|preview")},
    "review_found_issue": {"cpp": cell("failed", "yes"), "ingestion": cell("failed", "yes")},
}

ANY = "yes|no|preview|unknown"
ONLY = {
    "cpp": {
        "review_word": cell("pending_signoff", "yes"),              # cpp-1
        "running_rejected": cell("failed", "yes"),                  # cpp-3
        "other_step_waits": cell("pending_signoff", "yes"),         # cpp-3a
        "blocked": cell("in_progress", "yes"),                      # cpp-4
        "canceled_rejected": cell("failed", "yes"),                 # cpp-6
        "published_not_live": cell("pending_signoff", "preview"),   # cpp-9
        "published_word": cell("none", "yes"),                      # cpp-10
        "word_of_delisting": cell("delisted", ANY),                 # cpp-13
        "word_nobody_knows": cell("unknown", ANY),
        "slots_that_fit_no_rule": cell("unknown", ANY),
        "moved_meanwhile": cell("none", "no|unknown"),              # the list says running, /status neverPublished
    },
    "ingestion": {
        "state_cancelled": cell("canceled", "yes"),                 # 1
        "update_info_failed": cell("failed", "yes"),                # 2, whatever it updates
        "step_failed": cell("failed", "yes"),                       # 3a
        "publishing_step_failed": cell("failed", "yes"),            # 3a
        "signoff_step": cell("pending_signoff", "yes"),             # 3b
        "update_info_cancelled": cell("canceled", "yes"),           # 4
        "golive_pressed": cell("in_progress", "yes"),               # 5
        "pending_confirmation": cell("in_progress", "yes"),         # 7
        "published_published": cell("in_progress", "yes"),          # 9
        "bare_draft": cell("none", "no"),                           # 11
        "draft_over_live": cell("none", "yes"),                     # 12
        "draft_over_failed": cell("failed", "yes"),                 # a newer draft is no activity
        "draft_over_review": cell("in_progress", "yes"),
        "draft_over_waits": cell("pending_signoff", "yes"),
        "newer_deleted": cell("failed", "yes"),                     # Deleted, Archived, ... are skipped
        "step_in_a_strange_word": cell("in_progress", "yes"),
        "unordered_failed": cell("failed", ANY),
        "unordered": cell("unknown", ANY),
        "substate_nobody_knows": cell("unknown", ANY),
    },
    "graph": {
        "result_missing": cell("in_progress", "no"),                # G1a
        "result_canceled": cell("canceled", "yes"),                 # G3
        "product_deleted": cell("none", "no"),                      # G5
        "product_deprecated": cell("delisted", "no"),               # G6
        "deprecated_later": cell("none", "yes"),                    # G6a
        "stop_pending": cell("in_progress", "yes"),
        "only_golive_failed": cell("failed", "unknown|no"),
        "running_preview_of_live_id": cell("in_progress", "yes"),
        "superseded_preview": cell("none", "yes"),
        "preview_with_id_0": cell("failed", "no"),
        "live_with_id_0": cell("none", "yes"),
        "no_target_no_status": cell("unknown", ANY),
        "renamed_target": cell("unknown", ANY),
        "unordered_failed": cell("failed", ANY),
        "unordered": cell("unknown", ANY),
        "result_nobody_knows": cell("unknown", ANY),
    },
}


class Offer:
    """One offer: its names, and for each API that knows it (story, step); later steps have higher numbers."""

    def __init__(self, id, name, guid, kind, told):
        self.id, self.name, self.guid, self.kind, self.told = id, name, guid, kind, told

    def cell(self, api):
        story, _ = self.told[api]
        if story in COMMON:
            return COMMON[story][api]
        return ONLY[api][story]

    def number(self, api, new):
        """The number of the live submission of this step, or of the newer one."""
        return 1152921505697000000 + 100 * self.told[api][1] + (2 if new else 1)

    def newest_number(self, api):
        state, live, new = self.cell(api)
        return self.number(api, new) if self.told[api][0] != "created" else 0

    def __str__(self):
        told = ", ".join(f"{api} {story}" + (f" (step {step})" if step else "")
                         for api, (story, step) in self.told.items())
        return f"{self.id} [{self.kind}, {self.guid}]: {told}"


def make_offer(rng, index, apis):
    """An offer that at least one of `apis` knows; the others of the three may know it as well (for the witness)."""
    id = f"offer-{index}"
    guid = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    kind = rng.choice(list(TYPES))
    how = rng.random()
    if how < 0.35:
        api = rng.choice(apis)
        if kind == "app" and api == "graph":
            kind = "vm"
        told = {api: (rng.choice(list(ONLY[api])), 0)}
        if api == "ingestion" and rng.random() < 0.3 and kind != "app":
            told["graph"] = ("live_idle", 0)
    else:
        story = rng.choice([s for s in COMMON if kind == "app" or s != "review_found_issue"])
        told = {api: (story, 0) for api in APIS if api in COMMON[story] and rng.random() < 0.8}
        if kind == "app":
            told.pop("graph", None)
        for api in list(told):
            if rng.random() < 0.25 and len(told) > 1:  # this API is behind, or ahead
                other = rng.choice([s for s in COMMON if api in COMMON[s] and s not in ("created", "review_found_issue")])
                told[api] = (other, rng.choice((0, 1)))
        if not any(api in told for api in apis):
            api = rng.choice([a for a in apis if a in COMMON[story]] or apis)
            if kind == "app" and api == "graph":
                kind = "container"
            if story == "review_found_issue" and api == "graph":
                story = "update_failed"
            told[api] = (story, 0)
    return Offer(id, f"Name of {id}", guid, kind, told)
