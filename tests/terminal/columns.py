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
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTHS = (40, 60, 80, 100, 120, 200)
SKIPPED = 77  # as ctest's SKIP_RETURN_CODE
# Titles of the columns that are looked for, and how a time in full ends.
LANGUAGES = {"en": ("OFFER", "AGE", "CHANGED", r"(-|\S+ \S+ ago)$"),
             "ko": ("제품", "경과", "변경", r"(-|\S+ 전)$")}
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
        """The cell in which the last text of a row begins, which is ASCII or Hangul."""
        return self.cursor_after(row, ("end-of-line",)) - cells(text)

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], env=self.environment, check=False)
        shutil.rmtree(self.folder)


def cells(text):
    """Columns of ASCII and Hangul, of which no terminal has another idea."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check_table(terminal, lines, columns, language):
    """Titles, then records of as many lines as there are lines of titles; then a blank line and the tally."""
    offer, age, changed, full_time = LANGUAGES[language]
    end = lines.index("")
    rows = end // (len(IDS) + 1)
    assert end == rows * (len(IDS) + 1) and rows in (1, 2), "a line was wrapped:\n" + "\n".join(lines)
    assert columns >= 60 or rows == 2, "two lines an offer are due below 60 columns"
    seen = set()
    for part in range(rows):
        time_title = lines[part].split()[-1]
        for record in range(1, len(IDS) + 1):
            row = record * rows + part
            if offer in lines[part]:
                seen.add("offer")
                check_cell(terminal.cell_of(row, IDS[record - 1]), lines[part], offer, lines[row])
            if time_title == age:
                check_cell(terminal.last_cell(row, lines[row].split(" ")[-1]), lines[part], age, lines[row])
            if time_title == changed:
                time_ago = re.search(full_time, lines[row]).group()
                check_cell(terminal.last_cell(row, time_ago), lines[part], changed, lines[row])
    assert "offer" in seen, "the id never leaves:\n" + "\n".join(lines)


def check_cell(found, titles, title, line):
    wanted = cells(titles[:titles.rindex(title)])
    assert found == wanted, f"{title} stands in cell {wanted}, its value in {found}:\n{titles}\n{line}"


# What is longer than the narrowest window: an offender, a failure with a list below it, a hint.
MESSAGES = ("offerstat-emulator -- offerstat check --no-pager contoso-migrate-app contoso-trial --require live",
            "offerstat list --no-progress",
            "offerstat-emulator -- offerstat auth status",
            "offerstat-emulator -- offerstat list --quick --limit 1 --no-progress")


def check_messages(terminal, columns, language):
    """No line of these was wrapped by the terminal: -J joins what it has wrapped."""
    for command in MESSAGES:
        terminal.run(f"{command} --lang {language}")
        for line in terminal.tmux("capture-pane", "-pJ").split("\n"):
            line = line.rstrip()
            assert cells(line) <= columns or re.search(r"^\s*https://\S+$", line), f"wrapped: {line}"


def check_show(terminal, columns, language):
    """No line of `show` was wrapped by the terminal but those of an address, which are broken nowhere else."""
    terminal.run("offerstat-emulator -- offerstat show -q --no-progress --no-pager contoso-migrate-app contoso-assessment"
                 f" --lang {language}")
    for line in terminal.tmux("capture-pane", "-pJ").split("\n"):
        line = line.rstrip()
        assert cells(line) <= columns or re.search(r"^\s*(\S+ +)?https://\S+$", line), f"wrapped: {line}"


def check_width(columns, build):
    terminal = Terminal(columns, 120, build)
    try:
        emulator = f"offerstat-emulator --scenario {shlex.quote(HERE + '/scenario.json')} --"
        for language in LANGUAGES:
            for command in ("list", "list -o wide"):
                lines = terminal.run(f"{emulator} offerstat {command} -q --no-progress --lang {language}")
                check_table(terminal, lines, columns, language)
            check_show(terminal, columns, language)
            check_messages(terminal, columns, language)
    finally:
        terminal.close()


def main():
    if shutil.which("tmux") is None:
        print("skipped: there is no tmux here")
        return SKIPPED
    build = os.path.abspath(sys.argv[1])
    for columns in WIDTHS:
        check_width(columns, build)
        print(f"{columns} columns: tables stand in line, show and messages fit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
