#!/usr/bin/env python3
"""drive.py SHELL BUILD - press the tab key in a real bash, zsh or fish, and look at what the shell makes of it.

The shell runs in a pseudo-terminal, in the emulator's environment, with the script of `offerstat completion
SHELL`.  Exits with 77 (skipped) where the shell is not installed.
"""
import os
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import time

SHELL, BUILD = sys.argv[1], os.path.realpath(sys.argv[2])
STARTS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SETUPS = {
    "bash": "PS1='> '; source <(offerstat completion bash)",
    "zsh": "PS1='> '; autoload -Uz compinit; compinit -D -u; source <(offerstat completion zsh)",
    "fish": "offerstat completion fish | source",
}
# What is typed, and what must then be on the line or below it.
CHECKS = [
    ("offerstat appr\t", r"offerstat approvals"),
    ("offerstat list --not-s\t", r"--not-state"),
    ("offerstat list --state pending\t", r"--state pending_signoff"),
    ("offerstat list --state failed,pending\t", r"--state failed,pending_signoff"),
    ("offerstat list --state=pending\t", r"--state=pending_signoff"),
    ("offerstat list --fields id,changed\t", r"--fields id,changedAt"),
    ("offerstat list --output nd\t", r"--output ndjson"),
    ("offerstat list --profile sta\t", r"--profile staging"),
    ("offerstat list --token-file some-f\t", r"--token-file some-file"),
    ("offerstat config get connect\t", r"config get connect-timeout"),
    ("offerstat help exit\t", r"help exit-codes"),
    ("offerstat show contoso-ba\t", r"show contoso-backup-vm"),
    ("offerstat auth log\t\t", r"login.*logout"),
]
DEADLINE_S = 20


def plain(text):
    """Without escape sequences; what a terminal would overwrite is left in."""
    text = re.sub(r"\x1b\[[0-9;?>=]*[a-zA-Z]|\x1b\][^\x07]*(\x07|\x1b\\)|\x1b[=>()][AB012]?", "", text)
    return text.replace("\r", "").replace("\n", " ").replace("\b", "")


class Terminal:
    def __init__(self, home):
        self.text = ""
        self.process, self.fd = pty.fork()
        if self.process == 0:
            os.chdir(home)
            for name in list(os.environ):
                if name.startswith(("OFFERSTAT_", "AZURE_", "XDG_")):
                    del os.environ[name]
            os.environ.update(HOME=home, TERM="xterm", LANG="C.UTF-8", PATH=BUILD + ":" + os.environ["PATH"])
            os.execv(BUILD + "/offerstat-emulator", ["offerstat-emulator", "--", *STARTS[SHELL]])
        import fcntl
        import struct
        import termios
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))

    def send(self, text):
        os.write(self.fd, text.encode())

    def wait_for(self, pattern, since):
        end = time.monotonic() + DEADLINE_S
        while not re.search(pattern, plain(self.text[since:])):
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            if not ready:
                return False
            try:
                got = os.read(self.fd, 65536).decode(errors="replace")
            except OSError:
                return False
            # fish asks the terminal what it is and where its cursor stands.
            if "\x1b[c" in got or "\x1b[0c" in got:
                self.send("\x1b[?62;c")
            if "\x1b[6n" in got:
                self.send("\x1b[1;1R")
            self.text += got
        return True


def main():
    if shutil.which(SHELL) is None:
        print(f"skipped: no {SHELL}")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(home + "/.config/offerstat")
        with open(home + "/.config/offerstat/config", "w", encoding="ascii") as file:
            file.write("[profile staging]\njobs = 2\n")
        with open(home + "/some-file", "w", encoding="ascii"):
            pass
        terminal = Terminal(home)
        terminal.send(SETUPS[SHELL] + "; echo rea''dy\r")
        if not terminal.wait_for("ready", 0):
            print("the shell does not come up:", plain(terminal.text)[-500:])
            failed = 1
        for typed, wanted in CHECKS if not failed else []:
            since = len(terminal.text)
            terminal.send(typed)
            if not terminal.wait_for(wanted, since):
                print(f"{SHELL}: {typed!r} is not completed to {wanted}: {plain(terminal.text[since:])!r}")
                failed += 1
            terminal.send("\x15")  # Ctrl-U: an empty line to type on
        os.kill(terminal.process, signal.SIGTERM)
        os.close(terminal.fd)
        os.waitpid(terminal.process, 0)
    print(f"{SHELL}: {len(CHECKS)} lines, {failed} not completed")
    return 1 if failed else 0


sys.exit(main())
