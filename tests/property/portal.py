"""A portal: offers, how its service lists and pages them, and the faults of its answers; all from one seed."""
import random

import facts
import faults
import wire_cpp
import wire_graph
import wire_ingestion

WIRES = {"cpp": wire_cpp, "ingestion": wire_ingestion, "graph": wire_graph}
LISTS = {"cpp": "cpp/list", "ingestion": "ingestion/products", "graph": "graph/products"}


class Portal:
    def __init__(self, seed, number):
        self.seed = f"{seed}/{number}"
        rng = random.Random(self.seed)
        self.apis = rng.choice((("cpp",), ("ingestion",), ("graph",), ("ingestion",), facts.APIS, facts.APIS,
                                ("ingestion", "graph")))
        self.apis = tuple(self.apis)
        self.mode = "all" if len(self.apis) == 3 else self.apis[0]
        if len(self.apis) == 2:  # all, of an account that the old portal does not have offers of
            self.mode = "all"
        self.witness = rng.choice(("auto", "auto", "always", "never"))
        self.offers = [facts.make_offer(rng, i + 1, self.apis) for i in range(rng.choice((1, 2, 2, 3, 4)))]
        if self.mode == "all" and "cpp" not in self.apis:
            for offer in self.offers:
                offer.told.pop("cpp", None)
            self.apis = facts.APIS
        for offer in self.offers:
            if self.mode == "all" and not offer.told:
                offer.told["ingestion"] = ("live_idle", 0)
        self.sizes = {kind: rng.choice((1, 2, 50)) for kind in
                      ("ingestion/products", "ingestion/submissions", "ingestion/workflow", "ingestion/validations",
                       "graph/products", "graph/submissions")}
        self.plain_list = rng.random() < 0.9
        self.links_forget_filter = rng.random() < 0.3
        self.one_guid = len(self.apis) == 1 and self.mode != "cpp" and len(self.offers) > 1 and rng.random() < 0.15
        if self.one_guid:
            self.offers[1].guid = self.offers[0].guid
            self.offers[1].told = dict(self.offers[0].told)
            self.offers[1].kind = self.offers[0].kind
        self.guids_end_in_0 = len(self.apis) == 1 and self.mode == "graph" and rng.random() < 0.1
        self.refuses_apps = rng.random() < 0.5
        self.fail_on = rng.choice(("", "", "in_progress", "canceled,delisted", "pending_signoff,in_progress"))
        self.select = rng.choice(("all", "all", "ids", "names", "one"))
        self.with_publisher = rng.random() < 0.5
        self.build()
        self.faults = faults.choose(rng, self.routes(), [LISTS[api] for api in self.apis], self.apis, self.witness)
        if self.select == "names" and any(f.name == "odd-detail" for f in self.faults):
            self.select = "ids"
        self.add_what_chance_forgets()
        for offer in self.offers:
            if self.apis == ("cpp",) and offer.told["cpp"][0] == "moved_meanwhile" and rng.random() < 0.6:
                self.faults.append(faults.Fault("500", f"cpp/preview/{offer.id}"))
        self.excepted = self.offers[-1].id if len(self.offers) > 1 and rng.random() < 0.2 else None
        self.require_live = rng.random() < 0.15
        self.ask_ghost = any(f.name == "ghost" for f in self.faults) and rng.random() < 0.6
        if not self.plain_list:
            self.faults = [f for f in self.faults if not f.route.startswith("ingestion/products")]
            if rng.random() < 0.4:
                self.faults.append(faults.Fault("other-400", "ingestion/products/AzureManagedService"))

    def add_what_chance_forgets(self):
        """A second page that breaks once, and error documents with status 200, where they can do most harm."""
        rng = random.Random(f"{self.seed}/more")
        taken = {fault.route for fault in self.faults}
        more = []
        for route, body in self.bodies.items():
            kind = faults.route_kind(route)
            if route.split("/")[0] not in self.apis or route in taken:
                continue
            if kind in ("ingestion/workflow", "ingestion/validations") and len(body["value"]) > 1:
                more.append(faults.Fault("cut", route + "#2", 1))
            if kind in ("cpp/status", "ingestion/submissions", "ingestion/workflow", "graph/submissions"):
                more.append(faults.Fault("error-body", route, None, rng.randrange(1000)))
        if more and rng.random() < 0.25:
            fault = rng.choice(more)
            self.faults.append(fault)
            if fault.name == "cut":
                self.sizes[faults.route_kind(fault.route)] = 1

    def build(self):
        """All bodies, by route. The same at every run."""
        self.bodies, self.refused_types = {}, set()
        for api in facts.APIS:
            elements = []
            for offer in self.offers:
                rng = random.Random(f"{self.seed}/{offer.id}/{api}")
                types = facts.TYPES[offer.kind]
                if api not in offer.told:
                    if api == "graph" and offer.kind == "app" and self.refuses_apps:
                        self.refused_types.add(offer.id)
                    continue
                element = WIRES[api].element(offer, types, rng)
                if api == "graph" and self.guids_end_in_0:
                    element["id"] += "/0"
                elements.append(element)
                self.bodies.update(WIRES[api].answers(offer, types, rng))
                self.bodies[f"{api}/lookup/{offer.id}"] = {"value": [element]}
                if api == "ingestion":
                    typed = self.bodies.setdefault(f"ingestion/products/{types[1]}", {"value": []})
                    typed["value"].append(element)
            self.bodies[LISTS[api]] = elements if api == "cpp" else {"value": elements}

    def routes(self):
        """The routes of single offers that a read of these APIs may ask."""
        asked = [api for api in facts.APIS if api in self.apis or api == "graph" and self.witness != "never"]
        names = [r for r in self.bodies if r.split("/")[0] in asked and r.count("/") == 2
                 and not r.startswith("ingestion/products")]
        return names + ["token"]

    def page_size(self, kind):
        return self.sizes[kind]

    def unordered(self, route):
        guid = route.split("/")[2]
        return any(o.guid == guid and any("unordered" in story for story, _ in o.told.values()) for o in self.offers)

    def ghost(self, route):
        """An offer that failed, told by a try of the list that breaks off, and gone when it is read again."""
        rng = random.Random(0)
        api = route.split("/")[0]
        story = {"cpp": "update_failed", "ingestion": "update_failed", "graph": "update_failed"}[api]
        offer = facts.Offer("ghost", "Name of ghost", "99999999-0000-4000-8000-000000000099", "vm", {api: (story, 0)})
        return WIRES[api].element(offer, facts.TYPES["vm"], rng)

    def selected(self):
        """(the offers, the arguments) of the commands that take offers."""
        if self.select == "ids":
            return self.offers, [o.id for o in self.offers] + ["ghost"] * self.ask_ghost
        if self.select == "names":
            return self.offers, [o.name for o in self.offers] + ["ghost"] * self.ask_ghost
        if self.select == "one":
            return self.offers[:1], [self.offers[0].id] + ["ghost"] * self.ask_ghost
        return self.offers, []

    def __str__(self):
        lines = [f"  read with --api {self.mode} --witness {self.witness}; page sizes {self.sizes}"]
        for name in ("one_guid", "guids_end_in_0", "links_forget_filter", "refuses_apps"):
            if getattr(self, name):
                lines.append(f"  {name}")
        if not self.plain_list:
            lines.append("  ingestion refuses the list of all products")
        return "\n".join(lines + [f"  offer {o}" for o in self.offers] + [f"  fault {f}" for f in self.faults])
