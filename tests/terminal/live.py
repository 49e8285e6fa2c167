#!/usr/bin/env python3
"""The live views of `wait` and `watch` in tmux: what they show, and that the screen is given back.  live.py BUILD"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77  # as ctest's SKIP_RETURN_CODE
STATUS = "/api/publishers/contoso/offers/vm/status"


def steps(*statuses):
    names = ("Validation", "Certification", "Publisher sign-off")
    return [{"id": "publisher-signoff" if name == names[2] else name.lower(), "stepName": name, "status": status,
             "messages": [], "progressPercentage": 0} for name, status in zip(names, statuses)]


CERTIFYING = {"status": "running", "steps": steps("complete", "inProgress", "notStarted")}
SIGN_OFF = {"status": "running", "steps": steps("complete", "complete", "waitingForPublisherReview")}


class Terminal:
    """A tmux server of its own with a shell in one window, and a portal beside it."""

    def __init__(self, build, looks):
        self.folder = tempfile.mkdtemp()
        self.socket = os.path.join(self.folder, "tmux")
        self.environment = {"HOME": self.folder, "HISTFILE": "/dev/null", "LANG": "C.UTF-8",
                            "TERM": "xterm-256color", "TZ": "UTC", "PATH": build + ":" + os.environ["PATH"]}
        scenario = {"publishers": [{"id": "contoso", "offers": [
            {"id": "vm", "name": "VM", "type": "microsoft-azure-virtualmachines", "status": "running",
             "steps": [{"id": "certification", "name": "Certification", "status": "inProgress"}]}]}],
            "answers": [{"path": STATUS, "json": CERTIFYING, **({"times": looks} if looks else {})},
                        {"path": STATUS, "json": SIGN_OFF}]}
        with open(os.path.join(self.folder, "scenario.json"), "w", encoding="utf-8") as file:
            json.dump(scenario, file)
        # pylint: disable-next=consider-using-with
        self.portal = subprocess.Popen(["offerstat-emulator", "--scenario", self.folder + "/scenario.json"],
                                       executable=os.path.join(build, "offerstat-emulator"),
                                       stdout=subprocess.PIPE, text=True)
        exports = [self.portal.stdout.readline() for _ in range(4)]
        with open(os.path.join(self.folder, "env"), "w", encoding="utf-8") as file:
            file.writelines(exports)
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "16", "bash --norc --noprofile -i")
        self.type("PS1='$ '; . ./env")
        self.begin_anew()

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], env=self.environment, check=True, cwd=self.folder,
                              stdout=subprocess.PIPE, text=True).stdout

    def type(self, line):
        self.tmux("send-keys", "-l", line)
        self.tmux("send-keys", "Enter")

    def begin_anew(self):
        """A line on an empty screen; what is typed before the prompt is there would be echoed twice."""
        self.type("clear; echo what was there before")
        self.eventually(lambda: self.screen() == ["what was there before", "$"], "an empty screen")

    def screen(self):
        return [line.rstrip() for line in self.tmux("capture-pane", "-p").rstrip("\n").split("\n")]

    def text(self):
        return "\n".join(self.screen())

    def eventually(self, holds, what):
        for _ in range(400):
            if holds():
                return
            time.sleep(0.05)
        raise AssertionError(f"not within 20 s: {what}\n" + self.text())

    def shows(self, *texts):
        self.eventually(lambda: all(text in self.text() for text in texts), f"the screen shows {texts}")

    def is_given_back(self, *texts):
        """The shell's screen is back, with the lines of the end below what was there."""
        self.shows("what was there before", *texts)
        flags = self.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{wrap_flag}").split()
        assert flags == ["0", "1", "1"], f"other screen, cursor, wrapping: {flags}"

    def run_wait(self, options=""):
        self.type(f"sh -c 'echo $$ > pid; exec offerstat wait vm --api cpp --interval 200ms {options}'")
        self.shows("Waiting: 0 of 1 offers are there", "] 2/3  Certification", "Validation", "Publisher sign-off")

    def ended_with(self, code):
        self.type('echo "code $?"')
        self.shows(f"code {code}")

    def signal(self, name):
        with open(os.path.join(self.folder, "pid"), encoding="ascii") as file:
            subprocess.run(["kill", "-" + name, file.read().strip()], check=True)

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], env=self.environment, check=False)
        self.portal.terminate()
        self.portal.wait()
        self.portal.stdout.close()
        shutil.rmtree(self.folder)


def check_end(terminal):
    terminal.run_wait()
    terminal.is_given_back("reached (exit 0): vm is Pending publisher sign-off")
    terminal.ended_with(0)


def check_signals(terminal):
    for name, code, word in (("INT", 130, "interrupted"), ("TERM", 143, "terminated"), ("HUP", 129, "hung up")):
        terminal.run_wait()
        terminal.signal(name)
        terminal.is_given_back(f"{word} (exit {code})")
        terminal.ended_with(code)
        terminal.begin_anew()
    terminal.run_wait()
    terminal.signal("QUIT")  # no last line, but the screen
    terminal.is_given_back("Quit")
    terminal.ended_with(131)
    terminal.begin_anew()


def check_deadline(terminal):
    terminal.run_wait("--timeout 3s")
    terminal.is_given_back("deadline (exit 124)")
    terminal.ended_with(124)
    terminal.begin_anew()


def check_stop(terminal):
    terminal.run_wait()
    terminal.tmux("send-keys", "C-z")
    terminal.is_given_back("Stopped")
    terminal.type("fg")
    terminal.shows("Waiting: 0 of 1 offers are there", "] 2/3  Certification")
    terminal.tmux("send-keys", "C-c")
    terminal.is_given_back("interrupted (exit 130)")
    terminal.begin_anew()


def check_stop_in_another_program(terminal):
    """The shell prompts as soon as that program has stopped, which must not be before the screen is back."""
    for _ in range(3):
        terminal.type("sh -c 'offerstat wait vm --api cpp --interval 200ms; exit'")
        terminal.shows("Waiting: 0 of 1 offers are there", "] 2/3  Certification")
        terminal.tmux("send-keys", "C-z")
        terminal.is_given_back("Stopped")
        terminal.type("fg")
        terminal.shows("Waiting: 0 of 1 offers are there", "] 2/3  Certification")
        terminal.tmux("send-keys", "C-c")
        terminal.is_given_back("interrupted (exit 130)")
        terminal.begin_anew()


def check_size(terminal):
    terminal.run_wait()
    for columns, rows in ((40, 16), (40, 5), (120, 16)):
        terminal.tmux("resize-window", "-x", str(columns), "-y", str(rows))
        terminal.eventually(lambda: re.match(r"Waiting: 0 of 1( offers are there)?   \d", terminal.screen()[0]) and
                            terminal.screen()[2].startswith("vm "), "the head and the offer")
        # what no longer fits leaves whole, and nothing is wrapped
        terminal.eventually(lambda: ("next read" in terminal.screen()[0]) == (columns >= 80) and
                            ("[" in terminal.screen()[2]) == (columns >= 80) and "2/3" in terminal.screen()[2],
                            "parts that leave")
        assert len(terminal.screen()) <= rows
    terminal.tmux("send-keys", "C-c")
    terminal.is_given_back("interrupted (exit 130)")
    terminal.tmux("resize-window", "-x", "80", "-y", "16")
    terminal.begin_anew()


def check_watch(terminal):
    terminal.type("offerstat watch --api cpp --interval 200ms")
    terminal.shows("as of ", "q ends", "  Publish in progress", "1 offer: 1 Publish in progress")
    terminal.shows("+ Pending publisher sign-off")  # it has changed since the start
    terminal.tmux("resize-window", "-x", "40", "-y", "16")
    terminal.eventually(lambda: re.fullmatch(r"(next read in \S+|reading); q ends", terminal.screen()[0]),
                        "the head without the time of the last look")
    terminal.tmux("resize-window", "-x", "12", "-y", "16")
    terminal.eventually(lambda: re.fullmatch(r".{11}\u2026|.{10}\.\.", terminal.screen()[0]), "the mark of a cut")
    terminal.tmux("resize-window", "-x", "80", "-y", "16")
    terminal.shows("as of ")
    terminal.tmux("send-keys", "q")
    terminal.is_given_back("Pending publisher sign-off", "1 offer: 1 Pending publisher sign-off")
    terminal.ended_with(0)


def check_watch_with_the_record(terminal):
    """How long it has stood at its step is beside the step, in short where there is little room."""
    terminal.tmux("resize-window", "-x", "120", "-y", "16")
    terminal.type("offerstat watch --api cpp --record --interval 200ms")
    terminal.eventually(lambda: any(re.search(r" STEP +(SINCE|FOR) ", line) for line in terminal.screen()), "the column")
    terminal.shows("2/3 Certification")
    for columns, titles in ((60, " STEP +FOR +AGE"), (40, " STATE +LIVE +AGE")):
        terminal.tmux("resize-window", "-x", str(columns), "-y", "16")
        terminal.eventually(lambda: re.search(titles, terminal.text()) and  # pylint: disable=cell-var-from-loop
                            "1 offer: 1 Publish in progress" in terminal.text(), f"{columns} columns")
    terminal.tmux("resize-window", "-x", "120", "-y", "16")
    terminal.tmux("send-keys", "q")
    terminal.is_given_back("1 offer: 1 Publish in progress")
    terminal.tmux("resize-window", "-x", "80", "-y", "16")
    terminal.begin_anew()


def main():
    if shutil.which("tmux") is None:
        print("skipped: there is no tmux here")
        return SKIPPED
    build = os.path.abspath(sys.argv[1])
    for looks, checks in ((0, (check_signals, check_deadline, check_stop, check_stop_in_another_program,
                              check_size, check_watch_with_the_record)), (10, (check_end,)),
                          (10, (check_watch,))):
        terminal = Terminal(build, looks)
        try:
            for check in checks:
                check(terminal)
                print(check.__name__)
        finally:
            terminal.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
