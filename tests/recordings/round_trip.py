#!/usr/bin/env python3
"""Record a run, replay it, and want the same.  round_trip.py BUILD GROUP"""
import json
import os
import pty
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(sys.argv[1]).resolve()
OFFERSTAT, EMULATOR = str(BUILD / "offerstat"), str(BUILD / "offerstat-emulator")
ODD = str(HERE / "odd.json")
SCRATCH = Path(tempfile.mkdtemp(prefix="offerstat-recordings-"))
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": str(SCRATCH), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
faults = []
count = 0


def fault(text):
    faults.append(text)
    print("FAULT:", text)


def run(command, environment=None):
    """Exit code, stdout, stderr."""
    done = subprocess.run(command, env={**ENVIRONMENT, **(environment or {})}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def tidy(text):
    """Without what two runs never have in common."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r'"generatedAt": ?"[^"]*"', '"generatedAt": "NOW"', text)
    text = re.sub(r'Seconds": ?\d+', 'Seconds":N', text)
    text = re.sub(r"in \d+\.\d+ s", "in N s", text)
    return re.sub(r"\d\d:\d\d:\d\d", "HH:MM:SS", text)


NUMBER, TEXT, LIST, OBJECT = (int, float), str, list, dict


def need(value, kind, where):
    if not isinstance(value, kind) or isinstance(value, bool):
        fault(f"{where}: {type(value).__name__}")
        return False
    return True


def check_form(file):
    """HAR 1.2: what it asks for is there, and of the right kind."""
    har = json.loads(Path(file).read_text())
    log = har["log"]
    if set(har) != {"log"} or log["version"] != "1.2":
        fault(f"{file}: no log of version 1.2")
    need(log["creator"]["name"], TEXT, "creator.name")
    need(log["creator"]["version"], TEXT, "creator.version")
    before = ""
    for i, entry in enumerate(log["entries"]):
        where = f"{Path(file).name}: entries[{i}]"
        request, response, timings = entry["request"], entry["response"], entry["timings"]
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["startedDateTime"]):
            fault(f"{where}.startedDateTime: {entry['startedDateTime']}")
        if entry["startedDateTime"] < before:
            fault(f"{where}: not in the order of time")
        before = entry["startedDateTime"]
        for name in "method", "url", "httpVersion":
            need(request[name], TEXT, f"{where}.request.{name}")
        for name in "statusText", "httpVersion", "redirectURL":
            need(response[name], TEXT, f"{where}.response.{name}")
        for message in request, response:
            need(message["cookies"], LIST, where)
            need(message["headersSize"], int, where)
            need(message["bodySize"], int, where)
            for header in message["headers"]:
                need(header["name"], TEXT, where)
                need(header["value"], TEXT, where)
                if header["name"].lower() in ("authorization", "cookie", "set-cookie", "proxy-authorization"):
                    fault(f"{where}: the header {header['name']}")
        need(request["queryString"], LIST, where)
        need(response["status"], int, where)
        need(response["content"]["size"], int, where)
        need(response["content"]["mimeType"], TEXT, where)
        need(response["content"]["text"], TEXT, where)
        need(entry["cache"], OBJECT, where)
        total = 0
        for name in "blocked", "dns", "connect", "ssl", "send", "wait", "receive":
            need(timings[name], NUMBER, f"{where}.timings.{name}")
            if name != "ssl" and timings[name] > 0:
                total += timings[name]
        if min(timings["send"], timings["wait"], timings["receive"]) < 0:
            fault(f"{where}.timings: a part that must be there is -1")
        if abs(total - entry["time"]) > 0.01:
            fault(f"{where}.time is {entry['time']}, its parts are {total}")
    if os.stat(file).st_mode & 0o777 != 0o600:
        fault(f"{file}: mode {os.stat(file).st_mode & 0o777:o}")
    return log["entries"]


def differ(what, first, second):
    if first == second:
        return
    fault(what)
    for a, b in zip(first, second):
        if a != b and isinstance(a, str):
            lines = list(zip(a.split("\n"), b.split("\n")))
            shown = [(x, y) for x, y in lines if x != y][:3] or [(a[-300:], b[-300:])]
            for x, y in shown:
                at = max(0, next((i for i, (c, d) in enumerate(zip(x, y)) if c != d), 0) - 60)
                x, y = x[at:], y[at:]
                print("  recorded:", x[:150])
                print("  replayed:", y[:150])
        elif a != b:
            print("  recorded:", a, "replayed:", b)


def round_trip(arguments, emulator=(), api=None, compare=lambda text: text, sign_in=False, environment=None):
    """Record and replay; what the recorded run gave."""
    global count
    count += 1
    file = str(SCRATCH / f"{count}.har")
    command = [OFFERSTAT] + arguments + (["--api", api] if api else [])
    first = run([EMULATOR, *emulator, *(["--sign-in=secret"] if sign_in else []), "--", *command, "--har", file],
                environment)
    entries = check_form(file)
    # The emulator has told the first run a publisher, which ingestion and graph do not know.
    publisher = "fabrikam-labs" if ODD in emulator else "contoso"
    own = {} if api == "cpp" else {"OFFERSTAT_PUBLISHER": publisher}
    second = run([EMULATOR, "--replay", file, "--", *command], {**own, **(environment or {})})
    name = " ".join(arguments + ["--api", api or "auto", *emulator])
    differ(name, [first[0]] + [compare(tidy(t)) for t in first[1:]],
           [second[0]] + [compare(tidy(t)) for t in second[1:]])
    return first, entries, file


COMMANDS = [["list"], ["list", "-o", "json"], ["list", "-o", "csv", "--since", "400d"], ["list", "-o", "wide"],
            ["show", "*"], ["show", "*", "-o", "json"], ["approvals", "-o", "json"], ["check"], ["check", "-o", "json"],
            ["wait", "--timeout", "0"], ["wait", "--timeout", "0", "-o", "json"], ["history", "contoso-backup-vm"],
            ["history", "contoso-backup-vm", "-o", "json"], ["open", "contoso-backup-vm", "--print"],
            ["publishers"], ["publishers", "-o", "json"], ["auth", "status", "--check"],
            ["watch", "contoso-analytics", "--until-settled"], ["show", "no-such-offer"]]
PATHS = {"cpp": "/api/publishers/contoso/offers/contoso-backup-vm/status?api-version=2017-10-31",
         "ingestion": "v1.0/ingestion/products", "graph": "rp/product-ingestion/product?$maxpagesize=200"}


def commands_of(api, sign_in):
    for command in COMMANDS:
        round_trip(command, api=api, sign_in=sign_in, compare=last_of_status)


def last_of_status(text):
    """What `auth status` says of the token is the emulator's; what the service said is recorded."""
    found = re.search(r"\nCheck .*", text)
    return found.group() if found else text


def removed(text):
    """`api` prints bodies as they are: what was removed is a difference that is meant."""
    def walk(value):
        if isinstance(value, dict):
            return {k: walk(v) for k, v in value.items() if k != "$schema"}
        return [walk(v) for v in value] if isinstance(value, list) else value
    try:
        return walk(json.loads(text))
    except ValueError:
        return text


def group_cpp():
    commands_of("cpp", False)
    round_trip(["list", "--quick", "-o", "json"])
    round_trip(["api", PATHS["cpp"]], api="cpp", compare=removed)


def group_ingestion():
    commands_of("ingestion", True)
    round_trip(["api", PATHS["ingestion"], "--paginate"], api="ingestion", compare=removed, sign_in=True)


def group_graph():
    commands_of("graph", False)
    round_trip(["api", PATHS["graph"]], api="graph", compare=removed)


def group_all():
    commands_of("all", True)


def group_auto():
    commands_of(None, True)
    round_trip(["list", "-o", "json", "--witness", "always"], api="cpp", sign_in=True)


def group_faults():
    """What failed and was tried again, and what failed in the end."""
    list_json = ["list", "-o", "json"]
    for name in ("list-503:1", "list-429:2", "list-cut:1", "list-reset:1", "status-502:1", "status-404", "slot-500:1",
                 "list-truncated", "list-invalid", "list-wrongtype", "list-text", "list-empty", "list-403",
                 "list-redirect", "list-html"):
        round_trip(list_json, ["--fault", name])
    for name in ("ingestion-products-same-page", "ingestion-products-evil-link", "ingestion-submissions-400:1"):
        round_trip(list_json, ["--scenario", ODD, "--fault", name], api="ingestion")
    for name in ("graph-product-429:1", "graph-submission-404", "graph-401"):
        round_trip(list_json, ["--scenario", ODD, "--fault", name], api="graph")
    renewed, entries, _ = round_trip(list_json, ["--fault", "list-401:1"], api="cpp", sign_in=True)
    if renewed[0] != 0 or [e["response"]["status"] for e in entries].count(401) != 1:
        fault("the token was not renewed after a 401")
    failed, entries, file = round_trip(list_json, ["--fault", "list-reset"],
                                       compare=lambda t: re.sub(r": [^;\"]*\(\d+ tries[^)]*\)", "", t))
    if failed[0] != 5 or [e["response"]["status"] for e in entries] != [0] * 5:
        fault("five tries without an answer are not in the recording")
    for api in "cpp", "ingestion", "graph":
        for command in ["list", "-o", "json"], ["show", "*"], ["check"]:
            round_trip(command, ["--scenario", ODD], api=api)
    round_trip(["history", "--job", "c0ffee00-1111-4222-8333-444444444444", "-o", "json"], ["--scenario", ODD],
               api="graph")


ROUTES = {"cpp": ["publishers", "list", "status", "slot", "submissions"],
          "ingestion": ["ingestion-products", "ingestion-submissions", "ingestion-workflow", "ingestion-validations"],
          "graph": ["graph-product", "graph-submission"]}
FAULTS = ["400", "403", "404", "html", "empty", "truncated", "invalid", "text", "wrongtype", "redirect"]


def without_ids(text):
    """Of requests at the same time the ids have no order."""
    return re.sub(r"00000000-0000-4000-8000-\d{12}", "ID", text)


def group_routes():
    """What is not tried again, on each route that a list asks."""
    for api, routes in ROUTES.items():
        for name in routes:
            for what in FAULTS:
                round_trip(["list", "-o", "json"], ["--scenario", ODD, "--fault", f"{name}-{what}"], api=api,
                           compare=without_ids)


PLANTED = ["PLANTED", "AccountKey", "emulator+secret", "emulator%2Bsecret", "emulator-issued", "emulator-token",
           "4915112345678", "4711"]


def search(file, words):
    """In the text, and in what its strings say."""
    text = Path(file).read_text()
    for entry in json.loads(text)["log"]["entries"]:
        text += "\n" + entry["response"]["content"]["text"] + "\n" + str(entry)
    for word in words:
        if word.lower() in text.lower():
            at = text.lower().index(word.lower())
            fault(f"{Path(file).name} has {word}: ...{text[max(0, at - 60):at + 60]}...")


def names_of(scenario):
    """Every name, id and GUID of a portal, and those that the emulator makes of them."""
    names = []
    for publisher in scenario["publishers"]:
        names += [publisher["id"], publisher["name"], str(publisher["sellerId"])]
        for offer in publisher["offers"]:
            names += [offer["id"], offer["name"], offer["productId"]]
            names += [s["version"] for s in offer.get("submissions", [])]
    return names + [j["id"] for j in scenario["jobs"]] + ["fabrikam", "zebra", "owner@", "emulator-tenant"]


STABLE = ("state", "live", "action", "rule", "basis", "type", "rawStatus", "changedAt", "label")


def facts(document):
    """What stand-ins must not change."""
    return [[offer[f] for f in STABLE] +
            [[s["status"], s["name"], s["progress"], [m["level"] for m in s["messages"]]]
             for s in offer["steps"] or []] for offer in json.loads(document)["offers"]]


def group_names():
    scenario = json.loads(Path(ODD).read_text())
    for api in "cpp", "ingestion", "graph", "all":
        for arguments in (["show", "*"], ["check", "zebra-backup"], ["show", "no-such-offer"],
                          ["show", "quagga-vm"], ["history", "zebra-backup"], ["list"]):
            names_round_trip(scenario, api, [*arguments, "-o", "json"])


def names_round_trip(scenario, api, arguments):
    global count
    count += 1
    plain, named = str(SCRATCH / f"{count}-plain.har"), str(SCRATCH / f"{count}-names.har")
    emulator = [EMULATOR, "--scenario", ODD, "--sign-in=secret", "--"]
    # Without a publisher they are listed, and only so their names are known.
    command = ["env", "-u", "OFFERSTAT_PUBLISHER", OFFERSTAT, *arguments, "--api", api]
    first = run([*emulator, *command, "--har", plain])
    run([*emulator, *command, "--har", named, "--har-names"])
    check_form(plain)
    search(plain, PLANTED)
    entries = check_form(named)
    words = names_of(scenario) + ["no-such-offer"]
    for entry in check_form(plain):
        words += re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", str(entry))
        words += re.findall(r"115\d{16}", str(entry))
    words = {w for w in words if not w.startswith("00000000-0000-4000-8000")}
    search(named, PLANTED + sorted(words))
    if arguments[0] == "show":
        # The offer that was asked for is the recording's first.
        again = ["offer-1" if a == arguments[1] != "*" else a for a in command]
        second = run([EMULATOR, "--replay", named, "--", *again])
        differ(f"facts of {' '.join(arguments)} --api {api} with --har-names", [first[0], facts(first[1])],
               [second[0], facts(second[1])])
    return entries


def group_bad():
    """What is no recording is 2, with where."""
    for file in sorted((HERE / "bad").iterdir()):
        code, out, err = run([EMULATOR, "--replay", str(file), "--", "true"])
        wanted = file.suffix == ".har" and json.loads((HERE / "bad.json").read_text())[file.name]
        if code != 2 or out != "" or wanted not in err or str(file) not in err:
            fault(f"{file.name}: {code}, {err}")
    code, out, err = run([EMULATOR, "--replay", str(HERE / "browser.har"), "--", OFFERSTAT, "list", "-o", "json"])
    offers = json.loads(out)["offers"]
    if code != 0 or [(o["id"], o["state"]) for o in offers] != [("zebra-backup", "failed")]:
        fault(f"browser.har: {code}, {out}, {err}")
    code, out, err = run([EMULATOR, "--replay", str(HERE / "browser.har"), "--", OFFERSTAT, "show", "other", "-p", "y",
                          "-o", "json"])
    if code != 3 or "not recorded: GET /api/publishers/y/offers?api-version=2017-10-31" not in err:
        fault(f"an unrecorded request: {code}, {err}")


def group_endings():
    """A recording is there however the run ends, and one that cannot be written is 74."""
    # The demo has a failed offer, which would end the wait before the signal does.
    for arguments, number in ((["wait", "--interval", "1s", "--no-fail-fast"], signal.SIGINT),
                              (["watch", "--interval", "1s"], signal.SIGTERM)):
        interrupted(arguments, number)
    stalled(["list"])
    for target in str(SCRATCH / "no-such-folder" / "a.har"), "/dev/full":
        code, out, err = run([EMULATOR, "--", OFFERSTAT, "list", "-o", "json", "--har", target])
        if code != 74 or len(json.loads(out)["offers"]) == 0 or target not in err:
            fault(f"--har {target}: {code}, {err}")
    old = SCRATCH / "old.har"
    old.write_text("old")
    code, out, err = run([EMULATOR, "--", OFFERSTAT, "list", "--har-names"])
    if code != 2:
        fault(f"--har-names alone: {code}")
    left = [n for n in os.listdir(SCRATCH) if n.startswith(".offerstat")]
    if left or old.read_text() != "old":
        fault(f"files left behind: {left}")


def start(command):
    return subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, start_new_session=True)


def end_child(emulator, number):
    """The signal goes to the command alone."""
    children = Path(f"/proc/{emulator.pid}/task/{emulator.pid}/children").read_text().split()
    os.kill(int(children[0]), number)
    out, err = emulator.communicate(timeout=60)
    return emulator.returncode, out.decode(), err.decode()


def wait_for(log, line):
    """The log has the line; it is written before the answer."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if log.exists() and line in log.read_text():
            return True
        time.sleep(0.02)
    return False


def interrupted(arguments, number):
    file, log = SCRATCH / f"{arguments[0]}-signal.har", SCRATCH / f"{arguments[0]}.log"
    emulator = start([EMULATOR, "--log", str(log), "--", OFFERSTAT, *arguments, "--har", str(file)])
    if not wait_for(log, "slot"):
        fault(f"{arguments}: nothing was asked")
    code, _, err = end_child(emulator, number)
    if code != 128 + number or len(check_form(file)) == 0:
        fault(f"{arguments} after a signal: {code}, {err}")


def stalled(arguments):
    """Also a command that does not stay: what was under way is what one wants to see."""
    file, log = SCRATCH / "stalled.har", SCRATCH / "stalled.log"
    emulator = start([EMULATOR, "--log", str(log), "--fault", "list-stall", "--", OFFERSTAT, *arguments, "--har",
                      str(file)])
    if not wait_for(log, "offers"):
        fault("nothing was asked")
    code, _, err = end_child(emulator, signal.SIGINT)
    entries = check_form(file)
    if code != 128 + signal.SIGINT or len(entries) != 1 or "_error" not in entries[0]["response"]:
        fault(f"list after a signal: {code}, {entries}, {err}")


def stderr_of_terminal(command, environment):
    """What a person sees on stderr; stdout goes nowhere."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, env={**ENVIRONMENT, **environment}, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        text += part
    child.wait(timeout=60)
    os.close(ours)
    return text.decode()


def group_hint():
    """One hint where a state could not be placed, for who can act on it."""
    hint = "--har-names records them"
    command = [EMULATOR, "--scenario", ODD, "--", OFFERSTAT, "list", "--no-progress"]
    plain = [EMULATOR, "--", OFFERSTAT, "show", "contoso-analytics", "--no-progress"]
    wait = [EMULATOR, "--scenario", ODD, "--", OFFERSTAT, "wait", "--timeout", "0"]
    watch = [EMULATOR, "--scenario", ODD, "--", OFFERSTAT, "watch", "--state", "unknown", "--until-settled"]
    for wanted, arguments, environment in (
            (1, command, {}), (1, command, {"CI": "false"}), (0, command, {"CI": "true"}),
            (0, command, {"GITHUB_ACTIONS": "true"}), (0, command, {"TF_BUILD": "True"}), (0, [*command, "-q"], {}),
            (0, [*command, "--har", str(SCRATCH / "hint.har")], {}), (0, [*command, "--quick"], {}), (0, plain, {}),
            (1, wait, {}), (0, wait, {"CI": "true"}), (1, watch, {}), (0, watch, {"CI": "true"})):
        found = stderr_of_terminal(arguments, environment).count(hint)
        if found != wanted:
            fault(f"{found} hints: {arguments} {environment}")
    if hint in run(command)[2]:
        fault("a hint off a terminal")


def group_large():
    """The body of a list that is larger than what a run may hold is not kept in memory."""
    if b"__asan_init" in Path(OFFERSTAT).read_bytes():
        return  # memory that was freed stays in use there
    scenario = {"publishers": [{"id": "p", "offers": [{"id": "offer", "status": "succeeded", "version": 1,
                                                       "repeat": 60000}]}]}
    (SCRATCH / "large.json").write_text(json.dumps(scenario))
    file = SCRATCH / "large.har"
    peak = {}
    for har in [], ["--har", str(file)]:
        code, out, err = run([EMULATOR, "--scenario", str(SCRATCH / "large.json"), "--", sys.executable, "-c",
                              "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)"
                              "; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
                              OFFERSTAT, "list", "--quick", "-o", "ndjson", *har])
        peak[len(har)] = int(out)
    size = check_form(file)[0]["response"]["content"]["size"] / 1024
    if peak[2] - peak[0] > 8 * 1024 or size < 8 * 1024:
        fault(f"{peak[0]} KiB without, {peak[2]} KiB with a recording of {size} KiB")


def too_large(what, path, answer, arguments, api, complaint):
    scenario = {"publishers": [{"id": "contoso", "offers": [{"id": "offer", "status": "running", "version": 1}]}],
                "answers": [{"path": path, "json": answer}]}
    file = SCRATCH / f"{what}.json"
    file.write_text(json.dumps(scenario))
    first, entries, _ = round_trip(arguments, ["--scenario", str(file)], api)
    if complaint not in first[2] or not any(e["response"].get("_error") == "stopped" for e in entries):
        fault(f"{what}: {first[2]}")


def group_too_large():
    """What is larger than 1 MiB is too large again when it is replayed, although its texts were removed."""
    text = "x" * (1024 * 1024 + 1)
    offers, products = "/api/publishers/contoso/offers", "/v1.0/ingestion/products"
    too_large("element", offers, [{"id": "first", "definition": {"displayText": text}}], ["list"], "cpp",
              "element [0] is larger than 1024 KiB")
    too_large("unfinished", offers, [{"id": "first", "unread": text + text}], ["list"], "cpp",
              "element [0] is larger than 1024 KiB")
    too_large("small", offers, [{"id": "first", "unread": ["x" * 60] * 40000}], ["list"], "cpp",
              "element [0] is larger than 1024 KiB")
    too_large("second", offers, [{"id": "first", "status": "running", "publisherId": "contoso", "offerTypeId": "t",
                                  "version": 1}, {"unread": text}], ["list", "--quick"], "cpp",
              "element [1] is larger than 1024 KiB")
    too_large("status", offers + "/offer/status", {"status": "running", "messages": [{"messageHtml": text}]},
              ["show", "offer"], "cpp", "larger than 1024 KiB")
    too_large("around", products, {"unread": text, "value": []}, ["list"], "ingestion", "larger than 1024 KiB")


def main():
    globals()["group_" + sys.argv[2]]()
    print(f"{len(faults)} faults, {count} round trips")
    if not faults:
        subprocess.run(["rm", "-r", str(SCRATCH)], check=True)
    return 1 if faults else 0


sys.exit(main())
