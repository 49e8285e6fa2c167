#!/usr/bin/env python3
"""Tables and `show` in tmux, checked by the cells that the terminal gave them.  columns.py BUILD"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTHS = (40, 60, 80, 100, 120, 200)
SKIPPED = 77  # as ctest's SKIP_RETURN_CODE
IDS = ("contoso-vm-kr", "families", "tones", "keycaps", "marks", "letters",
       "an-id-of-thirty-six-letters-as-some-a", "unknown-emoji")


class Terminal:
    """A tmux server of its own, with one window of that many columns."""

    def __init__(self, columns, rows, build):
        self.folder = tempfile.mkdtemp()
        self.socket = os.path.join(self.folder, "tmux")
        self.runs = 0
        self.environment = {"HOME": self.folder, "LANG": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC",
                            "PATH": build + ":" + os.environ["PATH"]}
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")
        self.tmux("set-option", "-g", "mode-keys", "emacs")  # the cursor stands after what it came to

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def run(self, command):
        """The lines that the command left on the screen, as tmux has them in its rows."""
        self.runs += 1
        # The title comes through the terminal itself: once tmux has it, it has all that was printed before.
        title = f"done-{self.runs}"
        self.tmux("respawn-pane", "-k", f"tput clear; tput civis; {command}; printf '\\033]2;{title}\\007'; exec cat")
        self.tmux("clear-history")
        for _ in range(1200):
            if self.tmux("display-message", "-p", "#{pane_title}").strip() == title:
                break
            time.sleep(0.05)
        else:
            raise AssertionError(f"{command}: not done within 60 s:\n" + self.tmux("capture-pane", "-p"))
        lines = self.tmux("capture-pane", "-p").split("\n")
        while lines and not lines[-1].strip():
            lines.pop()
        return lines

    def cursor_after(self, row, *commands):
        """The cell of that row which the cursor of copy mode comes to by these commands."""
        self.tmux("copy-mode")
        self.tmux("send-keys", "-X", "top-line")
        if row > 0:
            self.tmux("send-keys", "-X", "-N", str(row), "cursor-down")
        for command in commands:
            self.tmux("send-keys", "-X", *command)
        x, y = self.tmux("display-message", "-p", "#{copy_cursor_x} #{copy_cursor_y}").split()
        self.tmux("send-keys", "-X", "cancel")
        assert int(y) == row, f"the cursor left row {row} for {y}"
        return int(x)

    def cell_of(self, row, text):
        """The cell in which text begins."""
        if self.tmux("capture-pane", "-p").split("\n")[row].startswith(text):
            return 0  # where the search would begin, and look for the next
        return self.cursor_after(row, ("start-of-line",), ("search-forward-text", text)) - len(text)

    def last_cell(self, row, text):
        """The cell in which the last text of a row begins, which is ASCII."""
        return self.cursor_after(row, ("end-of-line",)) - len(text)

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], env=self.environment, check=False)
        shutil.rmtree(self.folder)


def check_table(terminal, lines, columns):
    """Titles, then records of as many lines as there are lines of titles; then a blank line and the tally."""
    end = lines.index("")
    rows = end // (len(IDS) + 1)
    assert end == rows * (len(IDS) + 1) and rows in (1, 2), "a line was wrapped:\n" + "\n".join(lines)
    assert columns >= 60 or rows == 2, "two lines an offer are due below 60 columns"
    for part in range(rows):
        time_title = lines[part].split()[-1]
        for record in range(1, len(IDS) + 1):
            row = record * rows + part
            if "OFFER" in lines[part]:
                check_cell(terminal.cell_of(row, IDS[record - 1]), lines[part], "OFFER", lines[row])
            if time_title == "AGE":
                check_cell(terminal.last_cell(row, lines[row].split(" ")[-1]), lines[part], "AGE", lines[row])
            if time_title == "CHANGED":
                time_ago = re.search(r"(-|\S+ \S+ ago)$", lines[row]).group()
                check_cell(terminal.last_cell(row, time_ago), lines[part], "CHANGED", lines[row])


def check_cell(found, titles, title, line):
    wanted = titles.rindex(title)
    assert found == wanted, f"{title} stands in cell {wanted}, its value in {found}:\n{titles}\n{line}"


def check_show(terminal, columns):
    """No line of `show` was wrapped by the terminal but those of an address, which are broken nowhere else."""
    terminal.run("offerstat-emulator -- offerstat show -q --no-progress --no-pager contoso-migrate-app contoso-assessment")
    for line in terminal.tmux("capture-pane", "-pJ").split("\n"):
        line = line.rstrip()
        assert len(line) <= columns or re.search(r"^\s*(Page +)?https://\S+$", line), f"wrapped: {line}"


def check_width(columns, build):
    terminal = Terminal(columns, 120, build)
    try:
        emulator = f"offerstat-emulator --scenario {shlex.quote(HERE + '/scenario.json')} --"
        for command in ("list", "list -o wide"):
            lines = terminal.run(f"{emulator} offerstat {command} -q --no-progress")
            check_table(terminal, lines, columns)
        check_show(terminal, columns)
    finally:
        terminal.close()


def main():
    if shutil.which("tmux") is None:
        print("skipped: there is no tmux here")
        return SKIPPED
    build = os.path.abspath(sys.argv[1])
    for columns in WIDTHS:
        check_width(columns, build)
        print(f"{columns} columns: tables stand in line, show fits")
    return 0


if __name__ == "__main__":
    sys.exit(main())
