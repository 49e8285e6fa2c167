#!/usr/bin/env python3
"""ci.py BUILD - the snippets of docs/ci.md and the files of docs/ci, run as their runners would.

Shell steps run as they stand, in an emulator in which contoso-vm is live, and must end with 0; then in one in which
it has failed, where the step that checks must end with 1.  YAML is parsed, systemd verifies units, promtool queries.
Steps whose name begins with "Install" are exempt, as is what a runner's own tasks do.  Exits with 77 (skipped) where
a verifier is not installed and all else is well.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: no python3-yaml")
    sys.exit(77)

BUILD = os.path.realpath(sys.argv[1])
DOCS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "docs")
LIVE = {"id": "contoso-vm", "status": "succeeded", "slots": {"production": 1}}
FAILED = {"id": "contoso-vm", "status": "failed", "steps": [{"name": "Certification", "status": "rejected"}]}
missing, faults, count = set(), [], 0


def blocks(page):
    """Language and text of every fenced block."""
    return re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", page)


def expand(text, values):
    """An expression of a runner: an input's value, else nothing, as for a variable that is not set."""
    text = re.sub(r"\$\{\{\s*(?:inputs|parameters)\.([\w-]+)\s*\}\}", lambda m: values.get(m.group(1), ""), str(text))
    return re.sub(r"\$\{\{.*?\}\}|\$\([\w.]+\)", "", text)


def run_step(script, state, environment, folder, shell):
    path = os.path.join(folder, "scenario.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"publishers": [{"id": "contoso", "offers": [state]}]}, file)
    whole = {"PATH": BUILD + ":" + os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
    whole.update({name: value for name, value in environment.items() if value != ""})
    command = [BUILD + "/offerstat-emulator", "--scenario", path, "--", *shell, script]
    return subprocess.run(command, cwd=folder, env=whole, capture_output=True, text=True, timeout=120)


def check_step(where, script, environment=None, shell=("bash", "-eo", "pipefail", "-c")):
    """0 where the offer is live; where it has failed, 1 of whatever gives a verdict."""
    global count
    with tempfile.TemporaryDirectory() as folder:
        values = {"RUNNER_TEMP": folder, "AGENT_TEMPDIRECTORY": folder, "GITHUB_OUTPUT": folder + "/output",
                  "GITHUB_STEP_SUMMARY": folder + "/summary", **(environment or {})}
        good = run_step(script, LIVE, values, folder, shell)
        values["OFFERSTAT_TIMEOUT"] = "0"
        bad = run_step(script, FAILED, values, folder, shell)
        judges = re.search(r"offerstat (check|wait)\b", script) and "|" not in script
        count += 1
        if good.returncode != 0:
            faults.append(f"{where}: {good.returncode} where it is live: {good.stderr[:300]}")
        if judges and bad.returncode != 1:
            faults.append(f"{where}: {bad.returncode} where it has failed: {bad.stderr[:300]}")
        if environment and environment.get("GITHUB_ACTIONS") and judges:
            output = open(folder + "/output", encoding="utf-8").read()
            if "verdict=failed\n" not in output or "::error title=" not in bad.stderr or not os.path.getsize(folder + "/summary"):
                faults.append(f"{where}: GitHub is told nothing: {output}")
        if environment and environment.get("TF_BUILD") and judges and "##vso[task.logissue type=error]" not in bad.stderr:
            faults.append(f"{where}: Azure Pipelines is told nothing")
        print(f"{where}: run")


def flat(steps):
    for step in steps:
        if len(step) == 1 and isinstance(next(iter(step.values())), list):  # a condition of a template
            yield from flat(next(iter(step.values())))
        else:
            yield step


def check_steps(where, steps, runner, values=None):
    for step in flat(steps):
        script = step.get("run") or step.get("bash") or step.get("script")
        name = step.get("name") or step.get("displayName") or step.get("task") or step.get("uses")
        if script is not None and not name.startswith("Install"):
            environment = {key: expand(value, values or {}) for key, value in step.get("env", {}).items()}
            check_step(f"{where}: {name}", script, {**runner, **environment})


def check_yaml(where, document):
    if "jobs" in document:
        for job in document["jobs"].values():
            check_steps(where, job["steps"], {"GITHUB_ACTIONS": "true"})
    elif "runs" in document:
        check_steps(where, document["runs"]["steps"], {"GITHUB_ACTIONS": "true"}, {"offers": "contoso-vm"})
        check_steps(where, document["runs"]["steps"], {"GITHUB_ACTIONS": "true"}, {"arguments": "--require live"})
    elif "steps" in document:
        check_steps(where, document["steps"], {"TF_BUILD": "True"}, {"offers": "contoso-vm"})
    else:
        for job in document.values():
            check_step(where, "\n".join(job["script"]), {"CI_JOB_ID": "1"})


def check_unit(units):
    if shutil.which("systemd-analyze") is None:
        missing.add("systemd-analyze")
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, text in units.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text.replace("/usr/bin/offerstat", BUILD + "/offerstat"))
        ran = subprocess.run(["systemd-analyze", "verify", "--man=no", *[os.path.join(folder, name) for name in units]],
                             capture_output=True, text=True, timeout=120)
        said = [line for line in ran.stderr.splitlines() if "offerstat" in line]
        if ran.returncode != 0 or said:
            faults.append(f"units: {ran.returncode} {ran.stderr[:500]}")
        print(f"{' '.join(units)}: verified")


def check_query(query):
    if shutil.which("promtool") is None:
        missing.add("promtool")
        return
    rules = {"groups": [{"name": "offers", "rules": [{"alert": "Offer", "expr": query.strip()}]}]}
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        yaml.safe_dump(rules, file)
        file.flush()
        ran = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            faults.append(f"query: {ran.stdout}{ran.stderr}")
    print("query: checked")


def main():
    global count
    units = {}
    page = open(os.path.join(DOCS, "ci.md"), encoding="utf-8").read()
    for language, text in blocks(page):
        if language == "yaml":
            check_yaml("yaml", yaml.safe_load(text))
        elif language == "sh":
            check_step("sh", text)
        elif language == "groovy":
            for script in re.findall(r"(?m)^\s*sh '(.*)'$", text):
                check_step("Jenkins", script, shell=("sh", "-xec"))
        elif language == "crontab":
            for line in text.splitlines():
                entry = re.fullmatch(r"(?:[-\d*/,]+\s+){5}(.*)", line)
                if entry:
                    check_step("cron", entry.group(1), shell=("sh", "-c"))
                elif not re.fullmatch(r"\w+=.*", line):
                    faults.append("cron: " + line)
        elif language == "ini":
            units[re.match(r"# /etc/systemd/system/(\S+)", text).group(1)] = text
        elif language == "promql":
            check_query(text)
        else:
            faults.append(f"a block of {language}, which nothing looks at")
    check_unit(units)
    for name in ["github/action.yml", "azure/offerstat-check.yml"]:
        check_yaml(name, yaml.safe_load(open(os.path.join(DOCS, "ci", name), encoding="utf-8").read()))
    print("\n".join(faults))
    if missing:
        print("skipped, not installed: " + " ".join(sorted(missing)))
    print(f"{count} steps run, {len(faults)} faults")
    sys.exit(1 if faults or count < 12 else 77 if missing else 0)


main()
