#!/usr/bin/env python3
"""wait_day.py BUILD [SPEED] - what a day of `wait` for 100 offers costs.

The emulator's time runs SPEED times as fast as ours (360: a day in four minutes), and the intervals of `wait` are
divided by the same number: --interval 30s becomes 83 ms, and what grows from it grows with it.  The offers move
through their steps during the day; every hour of the portal a line tells requests, CPU, memory and descriptors.
No figure passes or fails.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

OFFERS = 100
HOURS = 24


def scenario():
    """Offers that take from an hour to a day and more for their steps, a few of which are rejected."""
    offers = []
    for i in range(OFFERS):
        steps = [{"id": "validate", "name": "Validation", "status": "inProgress", "takes": f"{30 + i}m"},
                 {"id": "certify", "name": "Certification", "status": "notStarted", "takes": f"{2 + i % 20}h"},
                 {"id": "preview", "name": "Publish to preview", "status": "notStarted", "takes": f"{20 + i % 60}m"},
                 {"id": "live", "name": "Go live", "status": "notStarted", "takes": f"{1 + i % 30}h"}]
        if i % 25 == 7:
            steps[1].update(ends="rejected", messages=[{"html": "See item 42", "level": "error"}])
        offers.append({"id": f"offer-{i:03}", "name": f"Offer {i}", "type": "microsoft-azure-virtualmachines",
                       "status": "running", "version": 2, "slots": {"production": 1}, "steps": steps})
    return {"publishers": [{"id": "contoso", "offers": offers}]}


def duration(seconds):
    return f"{max(1, round(seconds * 1000))}ms"


def status(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        lines = dict(line.split(":", 1) for line in file)
    return int(lines["VmHWM"].split()[0]), int(lines["VmRSS"].split()[0])


def cpu_s(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    build, speed = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 360
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("scenario.json", "w", encoding="utf-8") as file:
            json.dump(scenario(), file)
        hour = 3600 / speed
        wait = [build + "/offerstat", "wait", "--api", "cpp", "--for", "live", "--no-fail-fast",
                "--interval", duration(30 / speed), "--heartbeat", duration(300 / speed),
                "--max-outage", duration(1800 / speed), "--timeout", duration(HOURS * hour)]
        command = [build + "/offerstat-emulator", "--scenario", "scenario.json", "--speed", str(speed), "--log", "log",
                   "--", "sh", "-c", 'echo $$ > pid; exec "$@"', "sh", *wait]
        with open("told", "w", encoding="utf-8") as told, subprocess.Popen(command, stderr=told) as emulator:
            began = time.monotonic()
            while not os.path.exists("pid") or not open("pid", encoding="ascii").read().strip():
                time.sleep(0.01)
            pid = int(open("pid", encoding="ascii").read())
            print("hour requests  CPU s  VmHWM KiB  VmRSS KiB  descriptors")
            for at in range(1, HOURS + 1):
                time.sleep(max(0, began + at * hour - time.monotonic() - 0.05))
                try:
                    high, resident = status(pid)
                    requests = sum(1 for _ in open("log", encoding="utf-8"))
                    print(f"{at:4} {requests:8} {cpu_s(pid):6.2f} {high:10} {resident:10} "
                          f"{len(os.listdir(f'/proc/{pid}/fd')):12}", flush=True)
                except (FileNotFoundError, ProcessLookupError, KeyError):
                    break
        told = open("told", encoding="utf-8").read().splitlines()
        print(f"exit {emulator.returncode}, {len(told)} lines told, "
              f"{sum('still waiting' in line for line in told)} of them heartbeats")
    return 0


if __name__ == "__main__":
    sys.exit(main())
