"""Faults by name: which routes each can spoil, and what it makes of an answer."""
import json
from dataclasses import dataclass

TRANSIENT = ("500", "502", "503", "429", "cut", "chunk-cut")  # read again; `times` None is for ever
FINAL = ("403", "404", "html", "empty", "text", "error-body")
MEMBER = ("duplicate-member", "odd-deciding", "odd-detail", "bom")
RETRIES = 2

ERROR_BODIES = ({"error": {"code": "InternalError", "message": "try later"}}, {"error": "no"}, {"message": "no"}, {},
                [{}], {"value": [{}]}, {"value": [], "errors": [{"code": "x"}]}, {"value": [], "message": "no"},
                {"value": []})
CLASSES = {"403": {4}, "404": {3, 6}, "cut": {5, 6}, "chunk-cut": {5, 6}, "500": {5}, "502": {5}, "503": {5},
           "429": {5}}  # all others: 6


@dataclass(frozen=True)
class Fault:
    name: str
    route: str            # with "#2" for the second page
    times: object = None  # so many answers from the first one on; None: all
    arg: int = 0

    @property
    def harmless(self):
        """Read again, skipped, or of a member that decides nothing: the result is as without it."""
        if self.name in ("bom", "odd-detail", "ghost"):
            return True
        return self.name in TRANSIENT and self.times is not None and self.times <= RETRIES

    @property
    def classes(self):
        return CLASSES.get(self.name, {6})

    def __str__(self):
        times = "for ever" if self.times is None else f"{self.times} times"
        return f"{self.name} of {self.route} ({times}, arg {self.arg})"


def route_kind(route):
    """cpp/status/offer-1#2 -> cpp/status."""
    return "/".join(route.split("#")[0].split("/")[:2])


def error_body(fault):
    """An error document with status 200 that is never a whole answer of the route."""
    kind = route_kind(fault.route)
    bodies = [body for body in ERROR_BODIES if not (body == {"value": []} and not kind.startswith("cpp"))]
    return bodies[fault.arg % len(bodies)]


DECIDES = {"cpp/list": ("status",), "cpp/status": ("status", "steps.status"), "cpp/submissions": ("submissionState",),
           "ingestion/submissions": ("state", "substate"), "ingestion/workflow": ("workflowSteps.state",),
           "graph/submissions": ("status", "result")}
DETAILS = {"cpp/list": ("changedTime", "definition.displayText", "version"),
           "cpp/status": ("steps.description", "steps.progressPercentage"),
           "ingestion/submissions": ("releaseNumber", "publishedTimeInUtc", "friendlyName"),
           "ingestion/products": ("name",), "graph/products": ("alias",), "graph/submissions": ("created",)}
ODD = {"changedTime": 7, "displayText": 5, "version": True, "description": 7, "progressPercentage": "x",
       "releaseNumber": {}, "publishedTimeInUtc": 7, "friendlyName": 3, "name": 5, "alias": 5, "created": 7}


def members(fault):
    kind = route_kind(fault.route)
    table = DETAILS if fault.name == "odd-detail" else DECIDES
    names = table.get(kind, ())
    return names[fault.arg % len(names)].split(".") if names else None


def spoil_element(fault, item):
    """`item` with the chosen member of an odd type, or standing twice ("status@2" is written as "status")."""
    path = members(fault)
    if not isinstance(item, dict) or path[0] not in item:
        return item
    if item.get("id", "").endswith("/0") and "status" not in item:  # the draft
        return item
    if len(path) == 2:
        inner = item[path[0]]
        if isinstance(inner, list):
            inner = [spoil_member(fault, i, path[1]) for i in inner]
        else:
            inner = spoil_member(fault, inner, path[1])
        return {**item, path[0]: inner}
    return spoil_member(fault, item, path[0])


def spoil_member(fault, item, name):
    if name not in item:
        return item
    if fault.name == "odd-detail":
        return {**item, name: ODD[name]}
    if fault.name == "odd-deciding":
        return {**item, name: (7, {}, ["failed"], True)[fault.arg % 4]}
    spoiled = {}
    for key, value in item.items():
        spoiled[key] = value
        if key == name:
            spoiled[key + "@2"] = "failed" if fault.arg % 2 else value
    return spoiled


def spoil_body(fault, body):
    """A member fault applied to a whole answer: each element of it, or the one that `arg` names in a list of offers."""
    kind = route_kind(fault.route)
    elements = body["value"] if isinstance(body, dict) and "value" in body else body
    if isinstance(elements, dict):
        return spoil_element(fault, elements)
    chosen = range(len(elements))
    if kind in ("cpp/list", "ingestion/products", "graph/products") and elements:
        chosen = [fault.arg % len(elements)]
    spoiled = [spoil_element(fault, item) if i in chosen else item for i, item in enumerate(elements)]
    return {**body, "value": spoiled} if isinstance(body, dict) else spoiled


def text_of(body):
    return json.dumps(body, ensure_ascii=False).replace('@2":', '":')


PLAIN_404 = ("cpp/production", "cpp/preview", "ingestion/workflow", "ingestion/validations")


def choose(rng, routes, lists, apis, witness):
    """Zero to three faults for these routes (of offers) and lists."""
    chosen = {}
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        in_list = rng.random() < 0.35
        route = rng.choice(lists if in_list else routes)
        kind = route_kind(route)
        page = rng.random() < 0.6 and kind in ("ingestion/products", "graph/products", "ingestion/submissions",
                                               "ingestion/workflow", "ingestion/validations", "graph/submissions")
        names = list(TRANSIENT) * 2 + list(FINAL) + ["bom"]
        if kind == "token":
            names = ["500", "503"]
        if kind in DECIDES and not page:
            names += ["duplicate-member", "odd-deciding"]
        if kind in DETAILS and not page:
            names += ["odd-detail"] * 2
        if kind in ("cpp/list", "ingestion/products", "graph/products") and not page:
            names += ["ghost"] * 3
        if kind == "graph/submissions" and not page:
            names += ["type-refused"] * 3
        if kind == "graph/products" and not page:
            names += ["type-refused"]
        if page:
            names += ["repeat-page"] * 2
        name = rng.choice(names)
        if name == "404" and (kind in PLAIN_404 or kind.endswith("/lookup")):
            continue  # a plain word of the service there
        times = None
        if name in TRANSIENT:
            times = rng.choice((1, 1, 2, None) if kind != "token" else (1, 2))
        if name == "ghost":
            times = 1
        route += "#2" if page else ""
        chosen[route] = Fault(name, route, times, rng.randrange(1000))
    return list(chosen.values())
