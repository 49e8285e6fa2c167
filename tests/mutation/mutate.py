"""mutate.py - the mutants of a C file: each is the file with one operator or constant changed.

It works on tokens, without a parser: what does not compile is found out by the compiler.
"""
import dataclasses
import pathlib
import re

TOKEN = re.compile(
    r"""(?P<skip>\s+|/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:[^\n\\]|\\.)*)
      |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      |(?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
      |(?P<word>[A-Za-z_]\w*)
      |(?P<mark><<=|>>=|\.\.\.|->|\+\+|--|&&|\|\||[<>=!+*/%&|^-]=|<<|>>|.)""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)([uUlL]*)")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
ENUM = re.compile(r"\benum\b\s*\w*\s*\{([^}]*)\}")

MARKS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "&&": ("||",),
    "||": ("&&",),
    "+": ("-",),
    "-": ("+",),
    "++": ("--",),
    "--": ("++",),
    "+=": ("-=",),
    "-=": ("+=",),
}
WORDS = {"true": ("false",), "false": ("true",)}
STATEMENTS = {"break", "continue", "return"}
# After these a word begins an operand and is no name that is declared.
KEYWORDS = STATEMENTS | {"case", "else", "goto", "sizeof", "do"}
CLOSES = {"(": ")", "[": "]", "{": "}"}


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class Mutant:
    path: pathlib.Path  # relative to the root of the project
    line: int
    function: str  # or the table in which the change is
    before: str  # the changed lines, their white space as single blanks
    after: str
    start: int
    end: int
    new: str

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]

    def key(self):
        """What names the mutant in equivalents.txt, wherever its line goes."""
        return (self.path.name, self.function, self.before, self.after)

    def __str__(self):
        where = f"{self.path}:{self.line} {self.function}"
        return f"{where}\n- {self.before}\n+ {self.after}"


def tokens_of(text):
    found = []
    for match in TOKEN.finditer(text):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(), match.start(), match.end()))
    return found


def enum_siblings(texts):
    """Each constant of each enum in the texts, and the constant that is put in its place."""
    siblings = {}
    for text in texts:
        for body in ENUM.findall(COMMENT.sub(" ", text)):
            names = [item.split("=")[0].strip() for item in body.split(",")]
            names = [name for name in names if name]
            if len(names) > 1:
                siblings.update(zip(names, names[1:] + names[:1]))
    return siblings


def pairs_of(tokens):
    """The index of the closing bracket by that of the opening one, and the other way round."""
    pairs, opened = {}, []
    for i, token in enumerate(tokens):
        if token.text in CLOSES:
            opened.append(i)
        elif opened and token.text == CLOSES[tokens[opened[-1]].text]:
            pairs[i] = opened.pop()
            pairs[pairs[i]] = i
    return pairs


class Source:
    def __init__(self, path, text, siblings):
        self.path, self.text, self.siblings = path, text, siblings
        self.tokens = tokens_of(text)
        self.pairs = pairs_of(self.tokens)
        self.owners, self.body_ends = self.find_owners()

    def at(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def find_owners(self):
        """The function or table around each token, and where the bodies of functions end."""
        owners, body_ends, i = {}, set(), 0
        while i < len(self.tokens):
            if self.at(i) != "{" or i not in self.pairs:
                i += 1
                continue
            before = i - 1
            if self.at(before) == ")":
                body_ends.add(self.pairs[i])
            if self.at(before) == "=":
                before -= 1
            while self.at(before) in (")", "]"):
                before = self.pairs[before] - 1
            for inside in range(i, self.pairs[i]):
                owners[inside] = self.at(before)
            i = self.pairs[i] + 1
        return owners, body_ends

    def mutant(self, i, start, end, new):
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        before = self.text[first:last]
        after = self.text[first:start] + new + self.text[end:last]
        return Mutant(
            path=self.path,
            line=self.text.count("\n", 0, start) + 1,
            function=self.owners.get(i, ""),
            before=" ".join(before.split()),
            after=" ".join(after.split()),
            start=start,
            end=end,
            new=new,
        )

    def mutants(self):
        found = []
        for i, token in enumerate(self.tokens):
            for new in self.replacements(i):
                found.append(self.mutant(i, token.start, token.end, new))
            if token.text == "if" and i + 1 in self.pairs:
                start, end = self.tokens[i + 1].end, self.tokens[self.pairs[i + 1]].start
                found += [self.mutant(i, start, end, new) for new in ("1", "0")]
            elif token.text in STATEMENTS and not self.ends_block(i):
                semicolon = self.statement_end(i)
                found.append(self.mutant(i, token.start, self.tokens[semicolon].start, ""))
            elif self.is_bare_operand(i):
                found.append(self.mutant(i, token.start, token.start, "!"))
        return found

    def replacements(self, i):
        token = self.tokens[i]
        if token.kind == "mark":
            if token.text == "!":
                return ("",)
            if token.text in "+-" and not self.is_binary(i):
                return ()
            return MARKS.get(token.text, ())
        if token.kind == "word":
            if token.text in self.siblings and self.at(i - 1) != "case":
                return (self.siblings[token.text],)
            return WORDS.get(token.text, ())
        if token.kind == "number" and not self.is_without_meaning(i):
            integer = INTEGER.fullmatch(token.text)
            if integer is not None:
                value = int(integer.group(1), 0)
                return (f"{0 if value == 1 else value + 1}{integer.group(2)}",)
        return ()

    def is_binary(self, i):
        before = self.tokens[i - 1]
        return before.text in (")", "]") or (
            before.kind in ("word", "number", "string") and before.text not in KEYWORDS
        )

    def is_without_meaning(self, i):
        """The 0 of { 0 } and of sizeof(a[0]), and the size of an array that is declared."""
        if self.at(i - 1) == "{" and self.at(i + 1) == "}":
            return True
        if self.at(i - 1) != "[" or self.at(i + 1) != "]":
            return False
        if self.at(i - 3) == "(" and self.at(i - 4) == "sizeof":
            return True
        before = self.tokens[i - 3]
        return before.text == "*" or (before.kind == "word" and before.text not in KEYWORDS)

    def statement_end(self, i):
        while self.at(i) != ";":
            i = self.pairs[i] + 1 if self.at(i) in CLOSES else i + 1
        return i

    def ends_block(self, i):
        """Without it nothing changes (a switch), or the function returns what happens to be."""
        after = self.statement_end(i) + 1
        if self.at(i) == "break" and self.at(after) == "}":
            head = self.pairs[after] - 1
            return self.at(head) == ")" and self.at(self.pairs[head] - 1) == "switch"
        return after in self.body_ends

    def is_bare_operand(self, i):
        """A word with its calls and members that is all of an operand of &&, || or ?:."""
        before, end = self.at(i - 1), i + 1
        if self.tokens[i].kind != "word" or self.at(i) in KEYWORDS | WORDS.keys():
            return False
        while self.at(end) in ("(", "[", ".", "->"):
            end = self.pairs[end] + 1 if end in self.pairs else end + 2
        after = self.at(end)
        if before in ("&&", "||"):
            return after in ("&&", "||", ")", ";", "?", ",")
        return before in ("(", "=", "return", ",") and after in ("&&", "||", "?")


def mutants_of(root, path, siblings):
    text = (root / path).read_text(encoding="utf-8")
    return Source(path, text, siblings).mutants()
