#!/usr/bin/env python3
"""Every text for people comes from the catalogue: run with one in which each is between marks, nothing that is a
sentence may stand outside of them.  pseudo.py ROOT BUILD"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Two words one after the other are a sentence; a name, a token, an option or an example is none.
SENTENCE = re.compile(r"[A-Za-z][a-z]+ +[a-z]{2,}")
VERBS = ("list", "show", "approvals", "check", "wait", "watch", "history", "publishers", "open", "api", "auth", "config",
         "completion", "help", "version")
TOPICS = ("states", "exit-codes", "formatting", "environment", "ci")

# What runs without a portal, and what runs in the emulator (its options, then the command).
PLAIN = [["help"], [], ["--help"], *[["help", word] for word in VERBS + TOPICS], *[[verb, "--help"] for verb in VERBS],
         ["lst"], ["nonsense"], ["list", "--stat"], ["list", "--token"], ["list", "--all"], ["list", "-Z"],
         ["list", "--limit"], ["list", "--json=1"], ["list", "--state", "x"], ["list", "--state", ""],
         ["list", "--live", "x"], ["list", "--limit", "x"], ["list", "--since", "x"], ["list", "--sort", "x"],
         ["list", "-o", "x"], ["list", "--time", "x"], ["list", "--color", "x"], ["list", "--api", "x"],
         ["list", "--api", "auto,cpp"], ["list", "--auth", "x"], ["list", "--witness", "x"], ["list", "--seller-id", "x"],
         ["list", "--endpoint", "x"], ["list", "--endpoint", "http://example.com"], ["list", "--profile", "a b"],
         ["list", "--fail-on", "failed"], ["check", "--fail-on", "none"], ["check", "--require", "x"],
         ["list", "-p", ""], ["list", "--fields", "x"], ["list", "--fields", "steps"], ["list", "--fields", "nmae"],
         ["list", "--quick", "--api", "graph"], ["list", "--quick", "--state", "failed"], ["--fields", "id"],
         ["show"], ["version", "x"], ["open", "a", "b"], ["open", "a*"], ["history", "a*"], ["help", "stats"],
         ["help", "xyzzy"], ["completion", "x"], ["completion", "bash", "x"], ["auth", "x"], ["auth", "token", "--api", "all"],
         ["auth", "logout"], ["auth", "status"], ["auth", "login", "--api", "cpp"], ["auth", "login", "--api", "graph"],
         ["config", "x"], ["config", "get", "x"], ["config", "get", "jobs"], ["config", "set", "token", "x"],
         ["config", "set", "jobs", "x"], ["config", "set", "a"], ["config", "list", "--profile", "none"],
         ["list"], ["list", "--token-file", "/nowhere"], ["list", "--token-file", "/dev/null"], ["api", ""],
         ["wait", "--any"], ["wait", "--settle", "2h"], ["wait", "--timeout", "x"], ["wait", "--for", "x"],
         ["list", "--endpoint", "http://127.0.0.1:1", "--retries", "1", "--connect-timeout", "1s", "--auth", "token"]]
PORTAL = [(options, command.split()) for options, command in (
    ([], "list"), ([], "list -o wide --time relative"), ([], "list --width 40 --time relative"), ([], "list --quick"),
    ([], "list --limit 1"), ([], "list --limit 3"), ([], "list nothing"), ([], "list contoso-backup-v"),
    ([], "list --type vn"), ([], "list --since 1m"), ([], "show contoso-backup-vm"), ([], "show contoso-gateway"),
    ([], "show contoso-classic --time relative"), ([], "show *"), ([], "approvals"), ([], "approvals -o wide"),
    ([], "check"), ([], "check --require live"), ([], "check --require idle"), ([], "check contoso-analytics"),
    ([], "check --except *"), ([], "check --type app --except *"), ([], "publishers"), ([], "history contoso-backup-vm"),
    ([], "history contoso-backup-vm --api ingestion"), ([], "history --job x --api cpp"), ([], "open contoso-backup-vm"),
    ([], "list -p nobody"), ([], "list -o markdown"), ([], "list -o html"), ([], "show * -o html"), ([], "check -o html"), ([], "watch -o json"), ([], "list --github"), ([], "check --azure"), ([], "show contoso-backup-vm -o markdown"),
    ([], "check -o markdown"), ([], "list --api all"), ([], "show contoso-backup-vm --api all"),
    ([], "wait contoso-backup-vm"), ([], "wait contoso-cluster --timeout 0"), ([], "wait contoso-gateway --timeout 0"), ([], "wait -v --timeout 0"),
    ([], "wait contoso-gateway contoso-vpn-kr --timeout 1s --interval 1s --heartbeat 1s"), ([], "wait nothing --timeout 0"),
    (["--fault", "500"], "wait --timeout 1s --interval 1s"), (["--fault", "401"], "wait --timeout 0"), ([], "list -v"),
    ([], "list --jq .api"), ([], "list --jq x("), ([], "list --jq error"), ([], "list --report json"), ([], "list --report json=/nowhere/x"),
    ([], "auth status"), ([], "auth status --check"), ([], "list --no-header -o json"),
    *[(["--fault", fault], command) for fault in ("400", "401", "403", "404", "500", "html", "empty", "truncated",
                                                  "cut", "invalid", "text", "wrongtype", "redirect", "reset")
      for command in ("list --retries 0", "check --retries 0")],
    *[(["--fault", fault], "show contoso-backup-vm --retries 1 --api ingestion") for fault in ("500", "429", "wrongtype")],
    *[(["--fault", "status-" + fault], "list --retries 0") for fault in ("500", "404", "wrongtype")],
    (["--fault", "list-evil-link"], "list"), (["--fault", "list-same-page"], "list"), (["--fault", "stall"], "list --stall-timeout 1s --retries 0"),
    (["--sign-in"], "auth status"), (["--sign-in", "--fault", "token-400"], "list"))]
MACHINE = ("json", "ndjson", "csv", "tsv", "junit", "prometheus", "name")
# Words of the portal, of libraries and of those who read a format: no texts of ours.
NOT_OURS = re.compile(r"##vso\[[^]]*\]|<[^>]*>|The \w+ (was not found|was asked for this fault|does not exist)|\w+(\|\w[\w ]*)+|offerstat check\*\*|offerstat wait\b[-\w ]*|syntax error.*|No such file or directory|Connection refused|Partner Center|Power BI|by offerstat")


def unquoted(lines):
    return "".join(re.match(r'^\s*(?:msg\S+\s+)?"(.*)"$', line).group(1) for line in lines)


def marked(text, is_format):
    """The text between marks, inside the line ends that msgfmt wants to be the same.  What a format puts in stands
    outside of them, so that words that are passed for a %s are seen."""
    lead, body, tail = re.match(r"^((?:\\n)*)(.*?)((?:\\n)*)$", text).groups()
    if not is_format:
        return f"{lead}⟦{body}⟧{tail}"
    parts = re.split(r"(%(?!%)[-+ #0-9.*]*(?:<\w+>|[hlzjt]*[a-zA-Z]))", body)
    return lead + "".join(part if i % 2 or not part else f"⟦{part}⟧" for i, part in enumerate(parts)) + tail


def make_catalogue(root, folder):
    pot, po = os.path.join(folder, "new.pot"), os.path.join(folder, "pseudo.po")
    subprocess.run([os.path.join(root, "po/extract.sh"), pot], check=True)
    blocks = open(pot, encoding="utf-8").read().split("\n\n")[1:]
    out = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n']
    for block in blocks:
        parts = re.findall(r'^(msgid|msgid_plural) ((?:".*"\n?)+)', block, re.M)
        is_format = re.search(r"^#,.*\bc-format", block, re.M) is not None
        flag = "#, c-format\n" if is_format else ""  # of PRId64 msgfmt knows the C library's form
        texts = {name: unquoted(lines.strip().split("\n")) for name, lines in parts}
        if "msgid_plural" in texts:
            out.append(flag + 'msgid "%s"\nmsgid_plural "%s"\nmsgstr[0] "%s"\n' % (
                texts["msgid"], texts["msgid_plural"], marked(texts["msgid_plural"], is_format)))
        elif "msgid" in texts:
            out.append(flag + 'msgid "%s"\nmsgstr "%s"\n' % (texts["msgid"], marked(texts["msgid"], is_format)))
    open(po, "w", encoding="utf-8").write("\n".join(out))
    mo = os.path.join(folder, "share/locale/ko/LC_MESSAGES")
    os.makedirs(mo)
    subprocess.run(["msgfmt", "-o", os.path.join(mo, "offerstat.mo"), po], check=True)


def texts_of_portal(root):
    """Every text of the demo, longest first: what the portal says is not ours."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            for member in value.values():
                walk(member)
        elif isinstance(value, list):
            for member in value:
                walk(member)
        elif isinstance(value, str) and " " in value:
            found.update(re.split(r"<[^>]*>", value))

    walk(json.load(open(os.path.join(root, "src/emulator/demo.json"), encoding="utf-8")))
    return sorted((words for words in found if " " in words.strip()), key=len, reverse=True)


def outside(text, portal):
    """What of the text stands outside of all marks."""
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    text = re.sub(r"\\\n|<br>", "\n", text)  # line ends of markdown
    for words in portal:
        text = re.sub(r"\s+".join(map(re.escape, words.split())), "", text)
    while True:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        if shorter == text:
            return NOT_OURS.sub("", text)
        text = shorter


def run(command, environment):
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.stdout.decode(), done.stderr.decode()


def main():
    root, build = (os.path.abspath(path) for path in sys.argv[1:3])
    folder = tempfile.mkdtemp()
    wrong = []
    try:
        make_catalogue(root, folder)
        program = shutil.copy(os.path.join(build, "offerstat"), folder)
        emulator = os.path.join(build, "offerstat-emulator")
        environment = {"HOME": folder, "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/nowhere", "OFFERSTAT_LANG": "ko"}
        portal = texts_of_portal(root)
        runs = [([program, *words], words) for words in PLAIN]
        runs += [([emulator, *options, "--", program, *words], [*options, *words]) for options, words in PORTAL]
        for command, shown in runs:
            for text in run(command, environment):
                for line in outside(text, portal).split("\n"):
                    if SENTENCE.search(line) and not re.search(r"^ *(# |- run: )?(offerstat(-emulator)? |source )|--json \|", line):
                        wrong.append(f"{' '.join(shown)}: not translated: {line.strip()}")
        for name in MACHINE:
            for verb in ("list", "check", "show *"):
                command = [emulator, "--", program, *verb.split(), "-o", name]
                text = re.sub(r'"label":"[^"]*"', "", run(command, environment)[0])
                if "⟦" in text:
                    wrong.append(f"{verb} -o {name}: translated: {text[text.index('⟦') - 40:][:100]}")
    finally:
        shutil.rmtree(folder)
    print("\n".join(dict.fromkeys(wrong)))
    print(f"{len(runs)} runs, {len(set(wrong))} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
