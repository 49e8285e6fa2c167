#!/usr/bin/env python3
"""Property test: small portals from a seed, served with faults to the real program, judged by the oracle.

    run.py [--build DIR] [--portals N] [--seed N] [--portal K] [--jobs N] [-v]
"""
import argparse
import asyncio
import collections
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import faults
import oracle
from portal import Portal
from server import Server

BOUND_S = 60  # for one run of the program; a run with all its tries waits a few seconds
EXITS = {"usage": 2, "not_found": 3, "auth": 4, "service": 5, "answer": 6, "partial": 7}
STATES = oracle.GRAVITY


class Result:
    """One run: what was called, its exit code, streams and document."""

    def __init__(self, arguments, exit, stdout, stderr, server):
        self.arguments, self.exit, self.server = arguments, exit, server
        self.stdout, self.stderr, self.document = stdout, stderr, None


async def run(program, portal, name, arguments, home):
    async with Server(portal, name) as server:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
                       "OFFERSTAT_ENDPOINT": f"http://127.0.0.1:{server.port}",
                       "OFFERSTAT_AUTHORITY": f"http://127.0.0.1:{server.port}",
                       "AZURE_TENANT_ID": "tenant", "AZURE_CLIENT_ID": "client", "AZURE_CLIENT_SECRET": "secret"}
        environment.update({n: v for n, v in os.environ.items() if n.endswith("SAN_OPTIONS")})
        process = await asyncio.create_subprocess_exec(
            program, *arguments, env=environment, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        try:
            stdout, stderr = await asyncio.wait_for(process.communicate(), BOUND_S)
        except asyncio.TimeoutError:
            process.kill()
            stdout, stderr = await process.communicate()
            return Result(arguments, "too slow", stdout, stderr, server)
        return Result(arguments, process.returncode, stdout, stderr, server)


def commands(portal, has):
    """(name, arguments) of the runs of one portal; `has` tells which newer options the program knows."""
    common = ["--json", "--api", portal.mode, "--retries", str(faults.RETRIES), "--no-progress", "--auth", "secret"]
    if portal.with_publisher:
        common += ["-p", "contoso"]
    if portal.mode != "all":
        common += ["--witness", portal.witness]
    _, names = portal.selected()
    fail_on = ["--fail-on", portal.fail_on] if portal.fail_on else []
    more = []
    if portal.excepted and "--except" in has and not names:
        more += ["--except", portal.excepted]
    if portal.require_live and "code 14" in has:
        more += ["--require", "live"]
    check = ["check", *names, *fail_on, *more, *common]
    yield "list", ["list", *common]
    yield "check", check
    yield "check again", check
    yield "show", ["show", *(names or ["*"]), *common]


def same(result):
    """The document without what a clock, a port or the order of arrival may change."""
    offers = [{**offer, "notes": [note for note in offer["notes"] if not note.endswith("left out")]}
              for offer in result.document["offers"]]  # which element is odd hangs on the order of the page
    text = json.dumps({**result.document, "generatedAt": None, "offers": offers,
                       "errors": sorted(result.document["errors"], key=json.dumps)})
    text = re.sub(r"127\.0\.0\.1:\d+", "HOST", text)
    return re.sub(r"tries in [0-9.]+ s|\d+ bytes|\d+ whole elements?|element \[\d+\]", "", text)


def judge(portal, result):
    """What is wrong with one run: (kind, words), or None."""
    command = result.arguments[0]
    if not isinstance(result.exit, int) or result.exit < 0 or result.exit in (70, 74, 134, 139):
        return "crash", f"exit {result.exit}"
    if result.server.strange:
        return "strange request", str(result.server.strange[:3])
    try:
        result.document = json.loads(result.stdout)
    except ValueError as error:
        return "document", f"no JSON on stdout ({error}), exit {result.exit}"
    return judge_document(command, result) or judge_offers(portal, command, result)


def judge_document(command, result):
    document, exit = result.document, result.exit
    summary, errors = document["summary"], document["errors"]
    printed = [o["state"] for o in document["offers"]]
    if sum(summary[s] for s in STATES) != summary["total"]:
        return "summary", f"the states do not add up to total: {summary}"
    if command != "check" and summary["total"] != len(printed):
        return "summary", f"total {summary['total']} but {len(printed)} offers"
    if not document["complete"] and exit == 0:
        return "green and incomplete", "complete is false, exit 0"
    if document["complete"] and summary.get("unread"):
        return "summary", "unread offers and complete true"
    for error in errors:
        if EXITS.get(error["code"], error["exit"]) != error["exit"]:
            return "errors", f"code {error['code']} with exit {error['exit']}"
    if document["complete"] and any(e["exit"] in (4, 5, 6, 7) for e in errors):
        return "errors", "complete is true beside an error"
    if command == "check":
        if document.get("verdict") and document["verdict"]["exit"] != exit:
            return "verdict", f"verdict.exit {document['verdict']['exit']}, exit {exit}"
        if "failed" in printed and exit != 1 and exit not in (3, 4, 5, 6):
            return "verdict", f"a failed offer and exit {exit}"
    return None


def judge_offers(portal, command, result):
    document = result.document
    offers, names = portal.selected() if command != "list" else (portal.offers, [])
    ghost = command != "list" and portal.ask_ghost and bool(names)
    expected, problem, classes, whole = oracle.expect(portal, command, offers, names, result.server)
    options = []
    if "--except" in result.arguments:
        expected.pop(portal.excepted, None)
    if "--require" in result.arguments:
        options.append("require live")
    printed = collections.defaultdict(list)
    for offer in document["offers"]:
        printed[offer["id"].lower()].append(offer)
    for id in printed:
        if id not in expected:
            return "stranger", f"{id} is printed"
    for id, e in expected.items():
        wrong = judge_offer(portal, command, document, id, e, printed.get(id, []), problem)
        if wrong:
            return wrong
    if any(e.problem == "yes" for e in expected.values()) or problem == "yes":
        if document["complete"]:
            return "unread and complete", "complete is true although something could not be read"
    acceptable = oracle.exits(command, portal, expected, problem, classes, whole, ghost, options)
    if result.exit not in acceptable:
        kind = "green" if result.exit == 0 else "exit code"
        return kind, f"exit {result.exit}, right: {sorted(acceptable)}"
    return None


def judge_offer(portal, command, document, id, e, found, problem):
    states = {s for s in e.states if s}
    fail_on = portal.fail_on.split(",") if portal.fail_on else []
    offends = {"failed", "unknown", *fail_on}
    if command == "check":
        if not found and None not in e.states and states <= offends:
            return "lost", f"{id} is {'/'.join(states)} and not among the offenders"
    elif not found and None not in e.states:
        return "lost", f"{id} is not printed, right: {'/'.join(states)}"
    elif not found and document["complete"] and not e.may_vanish:
        return "lost", f"{id} is neither printed nor a problem"
    for offer in found:
        if offer["state"] not in states:
            return "state", f"{id} is {offer['state']} ({offer['rule']}), right: {'/'.join(map(str, e.states))}"
        if offer["live"] not in e.lives:
            return "live", f"{id} ({offer['state']}, {offer['rule']}) is live {offer['live']}, right: {'/'.join(e.lives)}"
    unread = not found and (command != "check" or not states)  # one that passes is not printed either
    if e.named and unread and document["summary"].get("unread") == 0:
        return "summary", f"{id} could not be read, unread is 0"
    if e.named and not any((error.get("offer") or "").lower() == id for error in document["errors"]):
        return "problem without its offer", f"no error names {id}"
    return None


async def one_portal(options, portal, counts):
    """Run and judge one portal: None, or (kind, words, result)."""
    program, home, first = options.program, options.home, None
    for name, arguments in commands(portal, options.has):
        result = await run(program, portal, name, arguments, home)
        counts["runs"] += 1
        for fault in result.server.bites:
            counts[f"bit {fault.name}"] += 1
        wrong = judge(portal, result)
        if wrong:
            return *wrong, result
        if name == "check":
            first = result
        if name == "check again" and same(first) != same(result):
            return "order", f"other delays, other document:\n{same(first)}\n{same(result)}", result
    bites = result.server.bites
    if bites and all(fault.harmless and fault.name != "odd-detail" for fault in bites):
        spoiled, portal.faults = portal.faults, []
        clean = await run(program, portal, name, arguments, home)
        portal.faults = spoiled
        counts["runs"] += 1
        if judge(portal, clean) is None and same(clean) != same(result):
            return "forgotten", f"what was read again tells less:\n{same(result)}\n{same(clean)}", result
    return None


async def shrink(options, portal, kind):
    """Leave out faults and offers as long as the same kind of fault is found."""
    counts = collections.Counter()
    tried = True
    best = await one_portal(options, portal, counts)
    right = best[1].partition(", right")[2] if best else ""
    while tried:
        tried = False
        for list_name in ("faults", "offers"):
            for item in list(getattr(portal, list_name)):
                kept = getattr(portal, list_name)
                if list_name == "offers" and len(kept) == 1:
                    continue
                setattr(portal, list_name, [i for i in kept if i is not item])
                portal.build()
                found = await one_portal(options, portal, counts)
                if found and (found[0], found[1].partition(", right")[2]) == (kind, right):
                    best, tried = found, True
                else:
                    setattr(portal, list_name, kept)
                    portal.build()
    return best


async def some_portals(options, numbers):
    counts, findings = collections.Counter(), []
    gate = asyncio.Semaphore(options.jobs)

    async def one(number):
        async with gate:
            portal = Portal(options.seed, number)
            counts["portals"] += 1
            counts["offers"] += len(portal.offers)
            for fault in portal.faults:
                counts[f"fault {fault.name}"] += 1
            found = await one_portal(options, portal, counts)
            if found:
                facts = str(portal)
                best = await shrink(options, portal, found[0]) or found
                findings.append((number, best[0], report(options, number, facts, str(portal), best, options.verbose)))
            elif options.verbose:
                print(portal)

    await asyncio.gather(*(one(n) for n in numbers))
    return counts, findings


def report(options, number, facts, shrunk, found, verbose):
    kind, words, result = found
    lines = [f"--- {kind}: {words}", f"  run.py --seed {options.seed} --portal {number} -v",
             f"  offerstat {' '.join(result.arguments)}", shrunk]
    if verbose:
        lines += ["  before shrinking:", facts, "  requests:", *("    " + l for l in result.server.log),
                  "  stdout:", result.stdout.decode(errors="replace"), "  stderr:",
                  result.stderr.decode(errors="replace")]
    return "\n".join(lines)


def worker(task):
    options, numbers = task
    if sys.version_info < (3, 12):
        asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    return asyncio.run(some_portals(options, numbers))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.path.join(here, "../../build/dev"))
    parser.add_argument("--portals", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--portal", type=int, help="this one alone")
    parser.add_argument("--jobs", type=int, default=12, help="portals side by side in each process")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    options.program = os.path.join(options.build, "offerstat")
    options.has = abilities(options.program)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as options.home:
        if options.portal is not None:
            numbers, processes = [options.portal], 1
        else:
            numbers, processes = range(options.portals), os.cpu_count() or 1
        slices = [(options, list(numbers)[i::processes]) for i in range(processes)]
        with multiprocessing.Pool(processes) as pool:
            results = pool.map(worker, slices)
    counts, findings = collections.Counter(), []
    for some_counts, some_findings in results:
        counts.update(some_counts)
        findings += some_findings
    for number, kind, text in sorted(findings):
        print(text)
    tell(counts, findings, time.monotonic() - started)
    return 1 if findings else 0


def abilities(program):
    """Options that older builds lack."""
    def told(*arguments):
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout
    has = {"--except"} if "--except" in told("check", "--help") else set()
    return has | ({"code 14"} if re.search(r"^ *14\b", told("help", "exit-codes"), re.M) else set())


def tell(counts, findings, seconds):
    names = sorted(name[6:] for name in counts if name.startswith("fault "))
    told = ", ".join(f"{name} {counts['fault ' + name]} (bit {counts['bit ' + name]})" for name in names)
    kinds = collections.Counter(kind for _, kind, _ in findings)
    if kinds:
        print("found:", ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    print(f"faults, and in how many runs they bit: {told}")
    print(f"{counts['portals']} portals, {counts['runs']} runs, {counts['offers']} offers, "
          f"{sum(n for name, n in counts.items() if name.startswith('fault '))} faults in {seconds:.0f} s: "
          f"{len(findings)} portals failed")


if __name__ == "__main__":
    sys.exit(main())
