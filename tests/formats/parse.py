#!/usr/bin/env python3
"""parse.py BUILD - every format in every situation, read by programs that are not ours.

Situations: a whole result, an empty one, a partial one, none at all (the service is down), one whose names and
messages try to break out.  Prints a table of what the parsers say, and the exit code, which no format may change.
A parser that is not installed is named, and the test then counts as skipped (77) once all others are content.
"""
import csv
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

BUILD = os.path.realpath(sys.argv[1])
HERE = os.path.dirname(os.path.realpath(__file__))
REPLY = subprocess.run([BUILD + "/offerstat", "completion", "reply", "--", "check", "-o", ""], capture_output=True, check=True, text=True)
FORMATS = [line.split("\t")[0] for line in REPLY.stdout.splitlines()]
NASTY = ("=cmd|' /C calc'!A0", "+1,2;\"x\"", "@team ##vso[task.complete]::error::x", "a\nb\tc\r\\d", "\u001b[31m\u009b\u202e\u0001",
         "<script>alert(1)</script>]]>&amp;", "| x | `y` **z** [a](javascript:alert(1)) #12 ![i](//x/y.png)", "{}\"\\\n# TYPE x counter",
         "\ufffe\ufdd0\U0001ffff", "</title></style><img src=//x>", "- [ ] x\n1. y\n===\n```\n<details>")
HOSTILE = {"publishers": [{"id": "contoso", "offers": [
    {"id": "nasty-%d" % i, "name": text, "status": "failed", "steps": [
        {"name": text, "status": "rejected", "messages": [{"level": "error", "html":
         html.escape(text) + '<br>two <a href="javascript:alert(1)">bad</a> <a href="https://example.com/?a=1&amp;b=(c)%22">'
         + html.escape(text) + "</a>"}]}]} for i, text in enumerate(NASTY)]
    + [{"id": "a,b\"c'd<e>`f|g\\", "name": "odd id", "status": "failed"}]}]}
EMPTY = {"publishers": [{"id": "contoso", "offers": []}]}
STATES = {"none": {"status": "neverPublished"}, "in_progress": {"status": "running", "steps": [{"name": "a", "status": "inProgress"}]},
          "failed": {"status": "failed"}, "canceled": {"status": "canceled"}, "odd": {"status": "napping"},
          "signoff": {"status": "running", "steps": [{"id": "publisher-signoff", "name": "Publisher signoff", "status": "inProgress"}]},
          "delisted": {"status": "succeeded", "submissions": [{"id": "s1", "type": "golive", "state": "completed"}]}}
EVERY_STATE = {"publishers": [{"id": "contoso", "offers": [dict(row, id=name, name=name) for name, row in STATES.items()]}]}
missing = set()


def tool(name):
    if shutil.which(name) is None:
        missing.add(name)
        return False
    return True


def must(condition, words):
    if not condition:
        raise ValueError(words)


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, timeout=120)


def no_controls(text):
    must(not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", "\n")), "a control character")


def no_commands(text):
    must("##vso[" not in text and "##[" not in text, "a command of Azure Pipelines")
    must(not re.search(r"(?m)^\s*::", text), "a command of GitHub")


def of_table(out):
    no_controls(out)
    no_commands(out)
    return "%d lines" % len(out.splitlines())


def of_json(out):
    document = json.loads(out)
    no_commands(out)
    if tool("jq"):
        must(run(["jq", "-e", ".schemaVersion"], out.encode()).returncode == 0, "jq does not take it")
    records = next(name for name in ("offers", "history", "publishers") if name in document)
    return "jq: %d %s, complete %s" % (len(document[records]), records, str(document["complete"]).lower())


def of_ndjson(out):
    kinds = [json.loads(line)["kind"] for line in out.splitlines()]
    must(kinds[-1] in ("summary", "verdict"), "no summary at the end")
    if tool("jq"):
        must(run(["jq", "-e", ".kind"], out.encode()).returncode == 0, "jq does not take it")
    return "jq: %d lines" % len(kinds)


def of_csv(out):
    rows = list(csv.reader(io.StringIO(out, newline=""), strict=True))
    must(len({len(row) for row in rows}) == 1, "rows of several lengths")
    no_controls(out)
    no_commands(out)
    for row in rows[1:]:
        must(not any(re.match(r"\s*[=+@\-\uff1d\uff0b\uff0d\uff20].", cell) for cell in row), "a formula: %s" % row)
    return "csv: %d rows of %d" % (len(rows), len(rows[0]))


def of_tsv(out):
    rows = [line.split("\t") for line in out.split("\n")[:-1]]
    must(len({len(row) for row in rows}) == 1, "rows of several lengths")
    no_controls(out.replace("\t", " "))
    no_commands(out)
    return "split: %d rows of %d" % (len(rows), len(rows[0]))


def of_name(out):
    no_controls(out)
    no_commands(out)
    return "%d names" % len(out.splitlines())


def check_rendered(page, by):
    must(not re.search(r"<(script|img|details|h1|style|input)\b", page), "%s makes markup of a text" % by)
    for href in re.findall(r'<a [^>]*href="([^"]*)"', page):
        must(href.startswith("https://"), "%s links to %s" % (by, href))


def of_markdown(out):
    said = []
    no_controls(out)
    no_commands(out)
    must(not re.search(r"(?<!&#64;<!-- -->)@\w", out), "a mention")
    must(len(out.encode()) < 1024 * 1024, "too long")
    for name, command in [("cmark", ["cmark"]), ("cmark-gfm", ["cmark-gfm", "-e", "table", "-e", "autolink", "--unsafe"])]:
        if tool(name):
            ran = run(command, out.encode())
            must(ran.returncode == 0 and ran.stderr == b"", "%s does not take it" % name)
            check_rendered(ran.stdout.decode(), name)
            said.append(name)
    try:
        import markdown
        check_rendered(markdown.markdown(out, extensions=["tables"]), "python3-markdown")
        said.append("python3-markdown")
    except ImportError:
        missing.add("python3-markdown")
    return " ".join(said)


def of_html(out):
    said = []
    no_controls(out)
    no_commands(out)
    must(not re.search(r"<(script|img|iframe|link|object)\b|javascript:[^<]*\"|@import|url\(", out), "something foreign")
    if tool("tidy"):
        ran = run(["tidy", "-q", "-e", "-utf8", "--custom-tags", "no"], out.encode())
        must(ran.returncode == 0 and ran.stderr == b"", "tidy: " + ran.stderr.decode()[:200])
        said.append("tidy")
    try:
        import html5lib
        html5lib.HTMLParser(strict=True).parse(out)
        said.append("html5lib")
    except ImportError:
        missing.add("python3-html5lib")
    return " ".join(said)


def of_junit(out):
    import xml.etree.ElementTree as tree
    no_controls(out)
    no_commands(out)
    suites = tree.fromstring(out.encode())
    cases, suite = suites.findall(".//testcase"), suites.find("testsuite")
    for totals in [suites, suite]:
        must(int(totals.get("tests")) == len(cases), "tests")
        must(int(totals.get("failures")) == len(suites.findall(".//failure")), "failures")
        must(int(totals.get("errors")) == len(suites.findall(".//error")), "errors")
    said = "tree"
    if tool("xmllint"):
        ran = run(["xmllint", "--noout", "--nonet", "--schema", HERE + "/junit.xsd", "-"], out.encode())
        must(ran.returncode == 0, ran.stderr.decode()[:300])
        said = "xmllint"
    return "%s: %d tests, %s failures, %s errors" % (said, len(cases), suite.get("failures"), suite.get("errors"))


def of_prometheus(out):
    no_controls(out)
    lines = [line.rsplit(" ", 1)[0] for line in out.splitlines() if not line.startswith("#")]
    must(len(lines) == len(set(lines)), "a series twice")
    if tool("promtool"):
        ran = run(["promtool", "check", "metrics"], out.encode())
        must(ran.returncode == 0 and ran.stdout + ran.stderr == b"", (ran.stdout + ran.stderr).decode()[:300])
        return "promtool: %d series" % len(lines)
    return "%d series" % len(lines)


def parser_of(form):
    name = "of_" + {"wide": "table"}.get(form, form)
    if name not in globals():
        sys.exit("the format %s has no parser: add a function %s that reads it and says what it found" % (form, name))
    return globals()[name]


PARSERS = {form: parser_of(form) for form in FORMATS}


def offerstat(options, command, form):
    environment = {"PATH": BUILD + ":" + os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent", "TZ": "UTC"}
    whole = [BUILD + "/offerstat-emulator", *options, "--", "offerstat", *command.split(), "-o", form, "--retries", "0", "-q"]
    ran = subprocess.run(whole, env=environment, capture_output=True, timeout=120)
    return ran.returncode, ran.stdout.decode("utf-8")


def scenario(folder, name, content):
    path = os.path.join(folder, name + ".json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file)
    return ["--scenario", path]


def forms_of(command):
    """What is there for a verb: `help formatting` has the same in a table."""
    verb = command.split()[0]
    if verb == "wait":
        return [form for form in FORMATS if form != "name"]
    if verb in ("history", "publishers"):
        return [form for form in FORMATS if form not in ("html", "junit", "prometheus")]
    return FORMATS


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        hostile, empty = scenario(folder, "hostile", HOSTILE), scenario(folder, "empty", EMPTY)
        states = scenario(folder, "states", EVERY_STATE)
        situations = [("whole", [], ["list", "check", "show *", "approvals", "wait --timeout 0", "history contoso-backup-vm", "publishers"]),
                      ("empty", empty, ["list", "check", "approvals", "wait --timeout 0", "publishers"]),
                      ("partial", ["--fault", "status-500"], ["list", "check", "show *", "wait --timeout 0"]),
                      ("none", ["--fault", "list-500"], ["list", "check", "show *", "wait --timeout 0 --max-outage 0", "history x"]),
                      ("hostile", hostile, ["list", "check", "show *", "approvals", "wait --timeout 0", "history nasty-2", "publishers"])]
        situations += [("state", states, ["check " + name]) for name in STATES]
        situations += [("state", states, ["wait %s --timeout 0" % name for name in STATES])]
        situations += [("state", states, ["check", "check --require idle", "check --fail-on canceled,in_progress", "check no-such", "list"])]
        for name, options, commands in situations:
            for command in commands:
                codes = {}
                for form in forms_of(command):
                    code, out = offerstat(options, command, form)
                    codes.setdefault(code, []).append(form)
                    try:
                        said = PARSERS[form](out)
                    except Exception as fault:  # a parser of somebody else's may raise what it likes
                        bad += 1
                        said = "NOT OK: %s: %s" % (type(fault).__name__, str(fault)[:300])
                    if name != "state" or said.startswith("NOT"):
                        print("%-8s %-10s %-11s %3d  %s" % (name, command, form, code, said))
                if len(codes) != 1:
                    bad += 1
                    print("%s, %s: the exit code depends on the format: %s" % (name, command, codes))
                elif name == "state":
                    print("%-8s %-38s all formats %3d" % (name, command, next(iter(codes))))
    if missing:
        print("skipped, not installed: " + " ".join(sorted(missing)))
    sys.exit(1 if bad else 77 if missing else 0)


main()
