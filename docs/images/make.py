#!/usr/bin/env python3
"""The README's pictures: what a terminal shows of offerstat, read from the emulator.

make.py [BUILD] [LANGUAGE...]   writes NAME-light.svg and NAME-dark.svg beside itself; of a language other than en
                                the list alone, as list-LANGUAGE-*.svg.  BUILD: the folder of the programs
                                (build/dev).  `cmake --build build/dev --target pictures` does it for English and Korean.
"""
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURES = [("list", 104, ["list"]), ("show", 104, ["show", "contoso-backup-vm"])]
CELL, LINE, SIZE, MARGIN = 8.4, 19, 14, 16  # pixels
THEMES = {
    "light": {"back": "#ffffff", "edge": "#d0d7de", "text": "#1f2328", "dim": "#6e7781", "31": "#c1121f",
              "32": "#1a7f37", "33": "#8a5a00", "34": "#0550ae", "35": "#8250df", "36": "#0b6e7f"},
    "dark": {"back": "#0d1117", "edge": "#30363d", "text": "#e6edf3", "dim": "#8b949e", "31": "#ff7b72",
             "32": "#56d364", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff", "36": "#56d4dd"},
}


def run(build, columns, language, words):
    """What the command prints to a terminal of so many columns."""
    process, terminal = pty.fork()
    if process == 0:
        for name in list(os.environ):
            if name.startswith(("OFFERSTAT_", "AZURE_", "XDG_", "NO_COLOR", "CLICOLOR", "COLUMNS", "LC_")):
                del os.environ[name]
        os.environ.update(HOME="/nonexistent", TERM="xterm-256color", TZ="UTC", LANG="C.UTF-8",
                          PATH=build + ":" + os.environ["PATH"])
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 100, columns, 0, 0))
        os.execv(build + "/offerstat-emulator", ["offerstat-emulator", "--", "offerstat", *words, "--lang", language,
                                                 "--no-pager", "--no-progress", "-q"])
    text = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        text += piece
    os.close(terminal)
    if os.waitpid(process, 0)[1] != 0:
        raise SystemExit("failed: " + " ".join(words) + "\n" + text.decode())
    return text.decode().replace("\r\n", "\n")


def cells(text):
    """Columns of a piece of text, as the demo data needs it counted."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pieces(line):
    """(column, text, style) of a line with escape sequences; style: bold, dim, or the number of a colour."""
    at, style = 0, set()
    for part in re.split(r"(\x1b\[[0-9;]*[a-zA-Z])", line):
        sequence = re.fullmatch(r"\x1b\[([0-9;]*)([a-zA-Z])", part)
        if sequence and sequence[2] == "m":
            for number in sequence[1].split(";"):
                if number in ("", "0"):
                    style = set()
                else:
                    style = style | {number}
        elif sequence and sequence[2] == "G":
            at = int(sequence[1] or 1) - 1
        elif part and not sequence:
            # Split at blanks, so that no font moves what comes after them; one for Korean is wider or narrower
            # than two cells of another font.
            together = r"\S+(?: \S+)*" if cells(part) == len(part) else r"\S+"
            for word in re.finditer(together, part):
                yield at + cells(part[:word.start()]), word[0], frozenset(style)
            at += cells(part)


def draw(command, text, columns, theme):
    lines = [f"$ {command}"] + text.rstrip("\n").split("\n")
    width, height = columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" '
           f'viewBox="0 0 {width:.0f} {height}" role="img">',
           f"<title>{html.escape(command)}</title>",
           f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1}" rx="6" fill="{theme["back"]}" '
           f'stroke="{theme["edge"]}"/>',
           f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', \'Noto Sans Mono CJK KR\', '
           f'monospace" font-size="{SIZE}" fill="{theme["text"]}">']
    for row, line in enumerate(lines):
        for at, word, style in pieces(line):
            color = next((theme[s] for s in style if s in theme), theme["dim"] if "2" in style else None)
            out.append(f'<text x="{MARGIN + at * CELL:.1f}" y="{MARGIN + row * LINE + SIZE}"'
                       + f' textLength="{cells(word) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
                       + (f' fill="{color}"' if color else "") + (' font-weight="bold"' if "1" in style else "")
                       + f">{html.escape(word)}</text>")
    return "\n".join(out + ["</g>", "</svg>", ""])


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else HERE + "/../../build/dev")
    for language in sys.argv[2:] or ["en"]:
        for name, columns, words in PICTURES:
            if language != "en" and name != "list":
                continue
            text = run(build, columns, language, words)
            command = " ".join(["offerstat", *words] + ([] if language == "en" else ["--lang", language]))
            for theme, colors in THEMES.items():
                file_name = name + ("" if language == "en" else "-" + language) + "-" + theme + ".svg"
                with open(os.path.join(HERE, file_name), "w", encoding="utf-8") as file:
                    file.write(draw(command, text, columns, colors))
                print("docs/images/" + file_name)


main()
