#!/usr/bin/env python3
"""many.py BUILD - one record under many runs at once: all of them write, and none is in another's way; then
the same while runs are killed at any time. The file is looked at with Python's own SQLite."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

RUNS = 20
KILLS = 60
OFFERS = 30


def scenario(path, status):
    steps = [{"id": "a", "name": "Check", "status": "complete"}, {"id": "b", "name": "Certify", "status": "inProgress"}]
    offers = [{"id": f"offer-{i}", "status": status, "version": 3, "steps": steps} for i in range(OFFERS)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"publishers": [{"id": "contoso", "offers": offers}]}, file)


def look(folder, spans):
    """All rows are there, and fit together."""
    db = sqlite3.connect(f"{folder}/state/offerstat/record.db")
    found = [db.execute("PRAGMA integrity_check").fetchone()[0], db.execute("PRAGMA foreign_key_check").fetchall()]
    assert found == ["ok", []], found
    counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("offer", "track", "span")]
    assert counts == [OFFERS, OFFERS, spans], counts
    lost = db.execute("SELECT count(*) FROM track t LEFT JOIN span s USING (span) WHERE s.track IS NOT t.track").fetchone()
    assert lost == (0,), lost
    db.close()


def start(folder, build):
    env = dict(os.environ, XDG_STATE_HOME=f"{folder}/state", HOME=folder, LANG="C.UTF-8")
    return subprocess.Popen([f"{build}/offerstat", "list", "--record", "-o", "name"], env=env,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def many_at_once(folder, build):
    for run in [start(folder, build) for _ in range(RUNS)]:
        out, err = run.communicate()
        assert run.returncode == 0 and len(out.split()) == OFFERS, (run.returncode, err)
        assert b"warning" not in err, err


def killed(folder, build):
    """While three runs go on, another is killed: over the whole of the time that one takes."""
    begun = time.monotonic()
    start(folder, build).communicate()
    takes = time.monotonic() - begun
    chance = random.Random(18)
    ended = 0
    for _ in range(KILLS):
        runs = [start(folder, build) for _ in range(3)]
        victim = start(folder, build)
        time.sleep(chance.random() * takes * 3)
        ended += victim.poll() is not None
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        for run in runs:
            _, err = run.communicate()
            assert run.returncode == 0 and b"warning" not in err, (run.returncode, err)
    print(f"killed {KILLS - ended} of {KILLS}")
    assert ended < KILLS


def inside(folder, build, part):
    """What the emulator runs: its address is in the environment."""
    if part == "many":
        many_at_once(folder, build)
    else:
        killed(folder, build)


def main():
    if len(sys.argv) == 4:
        inside(sys.argv[2], sys.argv[1], sys.argv[3])
        return
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        spans = 0
        for status, part in (("running", "many"), ("failed", "many"), ("running", "kill")):
            scenario(f"{folder}/now.json", status)
            subprocess.run([f"{build}/offerstat-emulator", "--scenario", f"{folder}/now.json", "--", sys.executable,
                            __file__, build, folder, part], check=True)
            spans += OFFERS
            look(folder, spans)
    print("one record under all of them: whole")


main()
