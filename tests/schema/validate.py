#!/usr/bin/env python3
"""validate.py BUILD - every JSON document that offerstat writes against the schema of `offerstat help schema`.

Runs each command against the emulator, in each API, also where the service is in trouble.  A member that the
schema does not describe is an error here, though a reader has to pass over it.  Exits with 77 (skipped) where
the validator is not installed.
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: no python3-jsonschema")
    sys.exit(77)

BUILD = os.path.realpath(sys.argv[1])
HERE = os.path.dirname(os.path.realpath(__file__))
STORIES = os.path.join(HERE, "..", "emulator", "stories.json")
COMMANDS = [
    "list", "list --quick", "list --fields id,state,step", "list --state failed --limit 1", "show '*'",
    "approvals", "check", "check --require live", "check no-such-offer", "wait --timeout 0",
    "wait one --timeout 0 --for live", "wait no-such-offer --timeout 0", "history contoso-backup-vm", "history one",
    "publishers", "list -p no-such-publisher", "auth status", "auth status --check",
    "watch --state failed --until-settled --interval 1s",
]
IN_TROUBLE = ["list", "show '*'", "check", "wait --timeout 0", "history one", "publishers", "auth status --check"]
FAULTS = [[], ["--fault", "status-500"], ["--fault", "list-403"], ["--fault", "list-invalid"]]


def described(schema):
    """The names of all members that the schema describes."""
    names = set()
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                names |= set(value)
            names |= described(value)
    elif isinstance(schema, list):
        for item in schema:
            names |= described(item)
    return names


def members(document):
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from members(value)
    elif isinstance(document, list):
        for item in document:
            yield from members(item)


def run(options, command, environment=None):
    """What a command prints, with the shell's words in it."""
    environment = environment or {"PATH": BUILD + ":" + os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    emulator = [BUILD + "/offerstat-emulator", *options, "--", "sh", "-c", "offerstat " + command]
    return subprocess.run(emulator, env=environment, capture_output=True, timeout=120, text=True)


def record(home):
    """Three publishes of an offer and the beginning of a fourth, in the record of a home."""
    steps = [("validate", "Validation"), ("certify", "Certification")]
    environment = {"PATH": BUILD + ":" + os.environ["PATH"], "LANG": "C.UTF-8", "HOME": home}
    scenario = os.path.join(home, "scenario.json")
    for month in range(1, 5):
        for hour, at in [(9, None), (10, 0), (11, 1), (20, 1), (21, None)][: 3 if month == 4 else 5]:
            offer = {"id": "one", "name": "One", "type": "microsoft-azure-virtualmachines", "version": 1,
                     "changed": "2026-01-01T00:00:00", "status": "succeeded", "slots": {"production": 1}}
            if at is not None:
                offer["status"] = "running"
                offer["steps"] = [{"id": id, "name": name, "status": ["complete", "inProgress", "notStarted"][i - at + 1]}
                                  for i, (id, name) in enumerate(steps)]
            with open(scenario, "w") as file:
                json.dump({"publishers": [{"id": "contoso", "name": "Contoso", "sellerId": 7, "offers": [offer]}]}, file)
            subprocess.run([BUILD + "/offerstat-emulator", "--scenario", scenario, "--", "offerstat", "list", "--record"],
                           env={**environment, "OFFERSTAT_NOW": f"2026-{month:02}-01T{hour:02}:00:00Z"}, check=True,
                           capture_output=True, timeout=120)
    return ["--scenario", scenario], {**environment, "OFFERSTAT_NOW": "2026-04-01T13:00:00Z"}


def check_emulator():
    """A fault or scenario that the emulator refuses would look as if offerstat had refused the command."""
    for options in [["--scenario", STORIES], *FAULTS]:
        subprocess.run([BUILD + "/offerstat-emulator", *options, "--", "true"], check=True, timeout=120)


def main():
    check_emulator()
    text = subprocess.run([BUILD + "/offerstat", "help", "schema"], capture_output=True, check=True).stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = jsonschema.Draft202012Validator(schema)
    line = jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/line", "oneOf": [{}], "required": [],
                                            "properties": {}, "$id": "urn:line"})
    known = described(schema)
    count, bad, seen = 0, 0, set()

    def check(what, ran, by_line):
        nonlocal count, bad, seen
        parts = ran.stdout.splitlines() if by_line else [ran.stdout]
        for part in parts:
            document = json.loads(part)
            validator = line if by_line else whole
            errors = [e.message for e in validator.iter_errors(document)]
            errors += [f"{m} is not described in src/cli/verbs/schema.json" for m in members(document) if m not in known]
            count += 1
            seen |= set(members(document))
            if errors:
                bad += 1
                print(f"{what}: {errors[0]}")
        if not parts:
            bad += 1
            print(f"{what}: nothing on stdout")

    for api in ["cpp", "ingestion", "graph", "all"]:
        for scenario in [[], ["--scenario", STORIES]]:
            for fault in FAULTS:
                for command in IN_TROUBLE if fault else COMMANDS:
                    for form in ["json", "ndjson"]:
                        asked = f"{command} --api {api} -o {form} --retries 0 -q"
                        ran = run(scenario + fault, asked)
                        if ran.returncode == 2:
                            continue  # this API knows no such option, and nothing is printed
                        by_line = form == "ndjson" and not command.startswith("auth")  # auth prints one document
                        check(f"{' '.join(scenario + fault)} -- offerstat {asked}", ran, by_line)
    with tempfile.TemporaryDirectory() as home:
        options, environment = record(home)
        for command in ["stats", "show one --record", "list --record", "wait one --record --timeout 0"]:
            for form in ["json", "ndjson"]:
                check(f"{command} -o {form}", run(options, f"{command} -o {form} -q", environment), form == "ndjson")
    print(f"{count} documents and lines, {bad} that are not as described; never seen: {sorted(known - seen)}")
    sys.exit(1 if bad or count < 500 else 0)


main()
