"""The Product Ingestion API on Graph: facts to the bodies it answers."""
SCHEMA = "https://schema.mp.microsoft.com/schema/"
OK = "completed succeeded"
# story: entries as "target number status result [lifecycle]" where number is old, new, 0 or none
STORIES = {
    "created": [],
    "first_running": ["preview new running pending"],
    "validation_failed": ["preview new completed failed"],
    "certification_failed": ["preview new completed failed"],
    "waits_first": [f"preview new {OK}"],
    "going_live_first": [f"preview new {OK}", "live new running pending"],
    "live_idle": [f"preview old {OK}", f"live old {OK}"],
    "update_running": [f"live old {OK}", "preview new running pending"],
    "update_failed": [f"live old {OK}", "preview new completed failed"],
    "update_canceled": [f"live old {OK}"],
    "update_waits": [f"live old {OK}", f"preview new {OK}"],
    "update_going_live": [f"live old {OK}", "live new running pending"],
    "golive_failed": [f"live old {OK}", "live new completed failed"],
    "delisted": [f"live old {OK} deprecated"],
    "brought_back_running": [f"live old {OK} deprecated", "preview new running pending"],
    "brought_back_ready": [f"live old {OK} deprecated", f"preview new {OK}"],
    "result_missing": ["preview new completed -"],
    "result_canceled": [f"live old {OK}", "preview new completed cancelled"],
    "product_deleted": [],
    "product_deprecated": [f"live old {OK}"],
    "deprecated_later": [f"live old {OK} deprecated"],
    "stop_pending": [f"live old {OK}", "live new running pending deprecated"],
    "only_golive_failed": ["live new completed failed"],
    "running_preview_of_live_id": [f"live old {OK}", "preview old running pending"],
    "superseded_preview": [f"preview old {OK}", f"live new {OK}"],
    "preview_with_id_0": ["preview 0 completed failed"],
    "live_with_id_0": [f"live 0 {OK}"],
    "no_target_no_status": ["- new - -"],
    "renamed_target": [f"- new {OK}"],
    "unordered_failed": ["preview none completed failed", f"preview none {OK}"],
    "unordered": [f"preview none {OK}", "preview none completed cancelled"],
    "result_nobody_knows": ["preview new completed levitated"],
}


def element(offer, types, rng):
    product = {"$schema": SCHEMA + "product/2022-03-01-preview3", "id": f"product/{offer.guid}",
               "identity": {"externalId": offer.id}, "type": types[2], "alias": offer.name}
    if offer.told["graph"][0] == "product_deprecated":
        product["lifecycleState"] = "deprecated"
    if offer.told["graph"][0] == "product_deleted":
        product["lifecycleState"] = "deleted"
    return product


def answers(offer, types, rng):
    value = []
    for text in STORIES[offer.told["graph"][0]]:
        target, which, status, result, *lifecycle = text.split()
        item = {"$schema": SCHEMA + "submission/2022-03-01-preview2", "product": f"product/{offer.guid}"}
        if which != "none":
            number = 0 if which == "0" else offer.number("graph", which == "new")
            item["id"] = f"submission/{offer.guid}/{number}"
            item["created"] = f"2026-05-{2 + 5 * offer.told['graph'][1] + (which == 'new'):02}T01:02:03.1234567Z"
        item["target"] = {"targetType": target} if target != "-" else None
        item["status"] = status if status != "-" else None
        if result != "-":
            item["result"] = result
        if lifecycle:
            item["lifecycleState"] = lifecycle[0]
            if offer.told["graph"][0] == "deprecated_later":
                item["deprecationSchedule"] = {"date": "2096-01-01T00:00:00Z", "reason": "other"}
        value.append(item)
    draft = {"$schema": SCHEMA + "submission/2022-03-01-preview2", "id": f"submission/{offer.guid}/0",
             "product": f"product/{offer.guid}"}
    if rng.random() < 0.7:
        draft["target"] = {"targetType": "draft"}
    value.append(draft)
    return {f"graph/submissions/{offer.guid}": {"value": value}}
