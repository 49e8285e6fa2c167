"""What is right: from facts and the faults that bit to the acceptable results of a command.

Written from the mapping and the contract, not from the program. Where the documents leave a choice open, the
expectation holds all of it.
"""
import itertools
from dataclasses import dataclass, field

import facts
import faults
from portal import LISTS

GRAVITY = ("failed", "unknown", "canceled", "delisted", "pending_signoff", "in_progress", "none")
VERDICTS = {"failed": 1, "unknown": 12, "canceled": 10, "delisted": 11, "pending_signoff": 9, "in_progress": 8}
ORDER = (70, 74, 2, 4, 5, 6, 3, 1, 12, 10, 11, 14, 9, 124, 8, 7, 0)
ANY_LIVE = frozenset(("yes", "no", "preview", "unknown"))


@dataclass
class Expected:
    """One offer: None among the states is "not printed", which is right only beside a problem (or `may_vanish`)."""

    states: set
    lives: set
    problem: str = "no"         # no, maybe, yes
    named: bool = False         # the problem must name the offer
    classes: set = field(default_factory=set)
    may_vanish: bool = False

    def trouble(self, fault, states, problem):
        self.states = states if self.problem == "no" else self.states | states  # either may come first
        self.classes = self.classes | fault.classes
        if problem == "yes" or self.problem == "no":
            self.problem = problem


def word_of(offer):
    """The status word of the list, in the groups of the mapping's table of requests."""
    story = offer.told["cpp"][0]
    if story in ("created",):
        return "never"
    if story in ("review_word", "validation_failed", "certification_failed", "update_failed", "golive_failed"):
        return "decided"
    if story in ("live_idle", "delisted", "published_not_live", "published_word", "slots_that_fit_no_rule"):
        return "slots"
    if story in ("word_nobody_knows", "word_of_delisting"):
        return "odd"
    return "steps"


def hurt_cpp(offer, expected, fault):
    kind, word = faults.route_kind(fault.route), word_of(offer)
    state = {s for s in expected.states if s}
    if offer.told["cpp"][0] == "moved_meanwhile":
        return expected.trouble(fault, {None, "none", "in_progress", "unknown"} if kind == "cpp/status" else
                                {None, "none"}, "yes" if kind == "cpp/status" else "maybe")
    if kind == "cpp/status" and word == "steps" or kind in ("cpp/production", "cpp/preview") and word == "slots":
        return expected.trouble(fault, {None, "unknown"}, "yes")
    if kind == "cpp/submissions" and word == "slots":
        return expected.trouble(fault, state | {None, "unknown"}, "yes")
    if kind == "cpp/status" and (fault.name == "duplicate-member" or word == "odd"):
        return expected.trouble(fault, state | {None, "unknown"}, "maybe")
    if kind in ("cpp/production", "cpp/preview"):
        expected.lives = expected.lives | {"unknown"}
    return expected.trouble(fault, state, "maybe")


WORKFLOW_DECIDES = ("first_running", "going_live_first", "update_running", "update_going_live", "brought_back_running",
                    "step_failed", "publishing_step_failed", "signoff_step", "draft_over_review",
                    "step_in_a_strange_word", "published_published")


def hurt_ingestion(offer, expected, fault):
    kind, story = faults.route_kind(fault.route), offer.told["ingestion"][0]
    if kind == "ingestion/submissions":
        return expected.trouble(fault, {None, "unknown"} | later_page(fault), "yes")
    if kind == "ingestion/workflow":
        if story in WORKFLOW_DECIDES:
            states = {None, "unknown", "in_progress"} | {s for s in expected.states if s}
            return expected.trouble(fault, states, "yes" if story != "published_published" else "maybe")
        # Of anything under way the workflow is asked; where it cannot be read, that is a problem of its own.
        under_way = {None} if "in_progress" in expected.states else set()
        return expected.trouble(fault, expected.states | under_way, "maybe")
    return expected.trouble(fault, expected.states, "maybe")


def later_page(fault):
    """What came whole before the page that broke may be told, beside the problem."""
    return set(GRAVITY) if "#2" in fault.route else set()


def hurt(api, offer, expected, fault):
    kind = faults.route_kind(fault.route)
    if fault.name == "404" and "#2" in fault.route:  # the end of the list
        expected.states = expected.states | set(GRAVITY) | {None}
        expected.lives = ANY_LIVE
        expected.problem = "maybe" if expected.problem == "no" else expected.problem
        expected.may_vanish = True
        expected.classes |= {3, 6}
        return
    if kind.endswith("/lookup"):
        expected.trouble(fault, expected.states | {None}, "maybe")  # it may yet be found in the list
    elif api == "cpp":
        hurt_cpp(offer, expected, fault)
    elif api == "ingestion":
        hurt_ingestion(offer, expected, fault)
    else:
        expected.trouble(fault, {None, "unknown"} | later_page(fault), "yes")
    if "#2" in fault.route or kind.endswith("submissions"):
        expected.lives = ANY_LIVE


def told_alone(portal, api, offer, bites):
    """What one API tells of an offer, its own routes' faults counted in."""
    state, lives, _ = offer.cell(api)
    expected = Expected({state}, set(lives))
    for fault in bites:
        parts = fault.route.split("#")[0].split("/")
        if parts[0] != api or len(parts) != 3 or parts[2] not in (offer.id, offer.guid) or fault.harmless:
            continue
        if fault.route.startswith("ingestion/products"):
            continue
        hurt(api, offer, expected, fault)
        expected.named = expected.named or expected.problem == "yes" and parts[1] != "lookup"
    if portal.guids_end_in_0:
        expected.states |= {None}
        expected.problem, expected.classes = "maybe", expected.classes | {6}
    return expected


@dataclass
class Listing:
    """The list of one API: which offers it shows (no, maybe, yes), and whether it is itself a problem."""

    shown: dict
    problem: str = "no"
    classes: set = field(default_factory=set)
    may_vanish: set = field(default_factory=set)


def listing(portal, api, bites):
    offers = [o for o in portal.offers if api in o.told]
    order = portal.bodies[LISTS[api]]
    if api == "ingestion" and not portal.plain_list:
        order = None
    elif isinstance(order, dict):
        order = order["value"]
    listed = Listing({o.id: "yes" for o in offers})
    size = portal.page_size(LISTS[api]) if api != "cpp" else 10 ** 9
    for fault in bites:
        base, page = fault.route.split("#")[0], 2 if "#2" in fault.route else 1
        if base == "ingestion/products/AzureManagedService":
            listed.problem, listed.classes = "yes", listed.classes | fault.classes
        if base != LISTS[api] or fault.harmless or order is None:
            continue
        start = size * (page - 1)
        on_page = offers[start:start + size]
        if fault.name in ("duplicate-member", "odd-deciding"):
            listed.shown[on_page[fault.arg % len(on_page)].id] = "no"
        elif fault.name == "repeat-page":
            for offer in offers[start + size:]:
                listed.shown[offer.id] = "maybe"
        else:
            whole = fault.arg % len(on_page) if fault.name in ("cut", "chunk-cut") and on_page else 0
            for offer in offers[start + whole:]:
                listed.shown[offer.id] = "no"
        if fault.name == "404" and page == 2:
            listed.may_vanish |= {o.id for o in offers[start:]}
            continue
        listed.problem, listed.classes = "yes", listed.classes | fault.classes
    return listed


def merge(portal, offer, told):
    """The states right for one choice {api: state} of what the sources say."""
    if not told:
        return {None}
    newest = {api: offer.newest_number(api) for api in told if api != "cpp"}
    base = None
    if newest:
        top = max(newest.values())
        base = min((told[api] for api in newest if newest[api] == top), key=GRAVITY.index)
        if "unknown" in (told[api] for api in newest):
            others = [told[api] for api in newest if told[api] != "unknown"]
            if base == "unknown" and others:
                return {"unknown"} | set(others) | ({told["cpp"]} if "cpp" in told else set())
    if "cpp" not in told:
        return {base}
    if base is None or told["cpp"] == base:
        return {told["cpp"]}
    if told["cpp"] == "unknown" or base == "unknown":
        return {told["cpp"], base}
    graver = min(told["cpp"], base, key=GRAVITY.index)
    newest_step = max(offer.told[api][1] for api in newest)
    step = offer.told["cpp"][1]
    newer = told["cpp"] if step > newest_step else base if step < newest_step else graver
    if graver != "failed":
        return {graver, newer, base, told["cpp"]}  # how far times compare is open; a failure may not be outvoted
    by_time = told["cpp"] if told.get("ingestion") != "failed" and step >= newest_step else graver
    return {graver, newer, by_time}


def merged(portal, offer, sources, listed):
    """--api all: one offer of several sources."""
    states, problem, classes, named, lives = set(), "no", set(), False, set()
    may_vanish = False
    delivered = "ingestion" in sources and sources["ingestion"].problem == "no" and \
        listed["ingestion"].shown.get(offer.id) == "yes"
    choices = []
    for api, expected in sources.items():
        shown = listed[api].shown[offer.id]
        options = set() if shown == "no" else set(expected.states)
        if shown != "yes":
            options.add(None)
        choices.append([(api, state) for state in options])
        lives |= expected.lives if shown != "no" else set()
        mine = expected.problem if shown != "no" else "no"
        if mine == "yes" and api == "graph" and delivered:
            mine = "maybe"
        named = named or expected.named and mine == "yes"
        problem = max(problem, mine, key=("no", "maybe", "yes").index)
        classes |= expected.classes
        may_vanish = may_vanish or expected.may_vanish or offer.id in listed[api].may_vanish
    for choice in itertools.product(*choices):
        states |= merge(portal, offer, {api: state for api, state in choice if state is not None})
    if len(sources) > 1:
        lives = lives | {"no", "unknown"}
    return Expected(states, lives, problem, named, classes, may_vanish)


def with_witness(portal, offer, expected, api, served, bites):
    """A witness of delisting turns `none` into `delisted` and decides `live`, nothing else."""
    if portal.witness == "never" or api == "graph":
        return expected
    broken = [f for f in bites if f.route.startswith("graph") and not f.harmless]
    if broken:
        if expected.problem == "no":
            expected.problem = "maybe"
        expected.classes |= {c for f in broken for c in f.classes}
    asked = f"graph/submissions/{offer.guid}" in served
    if not asked or "graph" not in offer.told:
        if "delisted" in expected.states or asked:
            expected.states = expected.states | ({"none"} if asked else set())
        return expected
    state, lives, _ = offer.cell("graph")
    expected.lives = expected.lives | lives | {"no", "unknown"}
    if expected.states & {"none"} and state == "delisted":
        stale = offer.told["graph"][1] < offer.told[api][1] or \
            api == "ingestion" and offer.newest_number("graph") < offer.newest_number(api)
        sure = not broken and not stale
        expected.states = expected.states - ({"none"} if sure else set()) | {"delisted"}
    if "delisted" in expected.states and state != "delisted":
        expected.states = expected.states | {"none"}
    return expected


def expect(portal, command, offers, arguments, server):
    """({offer id: Expected}, listing problem, its classes, whether some list came whole)."""
    bites = [fault for fault in server.bites]
    apis = portal.apis
    listed = {}
    for api in apis:
        listed[api] = listing(portal, api, bites)
        asked_list = LISTS[api] in server.served or api == "ingestion" and "ingestion/plain" in server.served
        if arguments and api != "cpp":
            # An id is looked up; what the list hides then is hidden only from names.
            by_id = all(a == o.id for a, o in zip(arguments, offers))
            if by_id:
                listed[api].shown = {id: "yes" if not asked_list or shown == "yes" else "maybe"
                                     for id, shown in listed[api].shown.items()}
    result = {}
    for offer in offers:
        sources = {api: told_alone(portal, api, offer, bites) for api in apis if api in offer.told}
        if not sources:
            continue
        if portal.mode == "all":
            result[offer.id] = merged(portal, offer, sources, listed)
            continue
        api = apis[0]
        expected = sources[api]
        shown = listed[api].shown[offer.id]
        if shown == "no":
            expected = Expected({None}, set(), "no", False, set(), True)
        elif shown == "maybe":
            expected.states = expected.states | {None}
            expected.may_vanish = True
        if offer.id in listed[api].may_vanish:
            expected.may_vanish = True
        result[offer.id] = with_witness(portal, offer, expected, api, server.served, bites)
    problem, classes, whole = "no", set(), False
    for api in apis:
        mine = listed[api].problem
        if mine == "yes" and api == "graph" and "ingestion" in apis and listed["ingestion"].problem == "no":
            mine = "maybe"
        refused = any(f.route == LISTS[api] and f.name == "403" for f in bites)
        if mine == "yes" and refused and portal.mode == "all" and command != "check":
            mine = "maybe"  # the account may not be there at all
        problem = max(problem, mine, key=("no", "maybe", "yes").index)
        classes |= listed[api].classes
        whole = whole or listed[api].problem == "no"
    if "cpp/publishers" in server.served or "token" in server.served:
        for fault in bites:
            if fault.route in ("token",) and not fault.harmless:
                problem, classes = "yes", classes | fault.classes
    return result, problem, classes, whole


def verdicts(portal, expected, state, options):
    """The codes, one of which `check` gives for an offer of this state."""
    fail_on = portal.fail_on.split(",") if portal.fail_on else []
    if state in ["failed", "unknown"] + fail_on or state != "none" and "require live" in options:
        return {VERDICTS[state]}
    if state == "none" and "require live" in options and expected.lives != {"yes"}:
        return {14, 0} if "yes" in expected.lives else {14}
    return {0}


def exits(command, portal, expected, problem, classes, whole, ghost, options=()):
    """The acceptable exit codes; `options` are those that the command was given beyond the portal's."""
    per_offer = []
    codes_of = {}
    for e in expected.values():
        for state in e.states - {None}:
            codes_of[id(e), state] = verdicts(portal, e, state, options) if command == "check" else {0}
        flags = {"no": (False,), "yes": (True,), "maybe": (False, True)}[e.problem]
        per_offer.append([(s, f, code) for s in e.states for f in flags
                          if s or f or e.may_vanish or problem != "no"
                          for code in (codes_of[id(e), s] if s else {0})])
    flags = {"no": (False,), "yes": (True,), "maybe": (False, True)}[problem]
    result = set()
    for choice in itertools.product(flags, *per_offer):
        broken, offers = choice[0], choice[1:]
        codes = {0}
        troubled = broken or any(flag for _, flag, _ in offers)
        printed = [state for state, _, _ in offers if state]
        if troubled:
            codes.add(7)
        lost = ghost or (not printed and not troubled)
        codes |= {code for _, _, code in offers}
        if broken and 3 in classes:  # no such publisher
            result.add(3)
        if not printed and troubled:
            reasons = set(classes)
            for e in expected.values():
                reasons |= e.classes
            result |= {c for c in reasons} | ({7} if whole or ghost else set())
            if ghost and not broken:
                result.add(3)
            continue
        if ghost and not broken:
            codes.add(3)
        missing = any(s is None and not f for s, f, _ in offers)
        if (lost or missing) and not broken and command != "list":
            result.add(3)
        result.add(min(codes, key=ORDER.index))
    return result
