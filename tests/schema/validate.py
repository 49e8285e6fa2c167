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


def run(options, command):
    """What a command prints, with the shell's words in it."""
    environment = {"PATH": BUILD + ":" + os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    emulator = [BUILD + "/offerstat-emulator", *options, "--", "sh", "-c", "offerstat " + command]
    return subprocess.run(emulator, env=environment, capture_output=True, timeout=120, text=True)


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
                        parts = ran.stdout.splitlines() if by_line else [ran.stdout]
                        for part in parts:
                            document = json.loads(part)
                            validator = line if by_line else whole
                            errors = [e.message for e in validator.iter_errors(document)]
                            errors += [f"{m} is not described" for m in members(document) if m not in known]
                            count += 1
                            seen |= set(members(document))
                            if errors:
                                bad += 1
                                print(f"{' '.join(scenario + fault)} -- offerstat {asked}: {errors[0]}")
                        if not parts:
                            bad += 1
                            print(f"{' '.join(scenario + fault)} -- offerstat {asked}: nothing on stdout")
    print(f"{count} documents and lines, {bad} that are not as described; never seen: {sorted(known - seen)}")
    sys.exit(1 if bad or count < 500 else 0)


main()
