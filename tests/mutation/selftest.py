#!/usr/bin/env python3
"""selftest.py - the mutation check, tried on the small project in sample/.

Its test asks for every grade but that of 50 points, so that two mutants of sample_grade survive,
one of which is named as equivalent; no other may.
"""
import pathlib
import subprocess
import sys
import unittest

import mutate

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE / "sample"


def mutants_of_sample():
    header = (SAMPLE / "src/sample.h").read_text()
    siblings = mutate.enum_siblings([header])
    return mutate.mutants_of(SAMPLE, pathlib.Path("src/sample.c"), siblings)


def changes_of(line_text):
    return [m.after for m in mutants_of_sample() if m.before == line_text]


class Mutants(unittest.TestCase):
    def test_relation_condition_and_constant(self):
        self.assertEqual(
            changes_of("if (points < 0) {"),
            [
                "if (1) {",
                "if (0) {",
                "if (points <= 0) {",
                "if (points >= 0) {",
                "if (points < 1) {",
            ],
        )

    def test_logic_and_negation(self):
        changes = changes_of('if (ready && !room[0] && count - 3 == LIMIT) { /* "a < b" */')
        for wanted in (
            'if (!ready && !room[0] && count - 3 == LIMIT) { /* "a < b" */',
            'if (ready || !room[0] && count - 3 == LIMIT) { /* "a < b" */',
            'if (ready && room[0] && count - 3 == LIMIT) { /* "a < b" */',
            'if (ready && !room[0] && count + 3 == LIMIT) { /* "a < b" */',
            'if (ready && !room[0] && count - 4 == LIMIT) { /* "a < b" */',
            'if (ready && !room[0] && count - 3 != LIMIT) { /* "a < b" */',
        ):
            self.assertIn(wanted, changes)

    def test_statements_and_words(self):
        self.assertEqual(changes_of("continue;"), [";"])
        self.assertEqual(changes_of("return true;"), [";", "return false;"])
        self.assertEqual(changes_of("return false;"), ["return true;"])  # the last is not dropped
        lines = [m.line for m in mutants_of_sample() if m.before == "break;"]
        self.assertEqual(lines, [27])  # the other ends its switch

    def test_constants_of_an_enum(self):
        self.assertEqual(
            changes_of("static const enum colour table[] = { COLOUR_RED, COLOUR_BLUE };"),
            [
                "static const enum colour table[] = { COLOUR_BLUE, COLOUR_BLUE };",
                "static const enum colour table[] = { COLOUR_RED, COLOUR_RED };",
            ],
        )
        self.assertEqual(changes_of("case COLOUR_RED:"), [])

    def test_what_is_left_alone(self):
        for line in ("#define LIMIT (10 - 1)", '#include "sample.h"', "char room[8] = { 0 };"):
            self.assertEqual(changes_of(line), [])
        self.assertEqual(changes_of("return sizeof(table) / sizeof(table[0]);"), [])
        lines = [m.line for m in mutants_of_sample()]
        self.assertNotIn(1, lines)  # a comment

    def test_each_differs_from_its_file(self):
        text = (SAMPLE / "src/sample.c").read_text()
        applied = [m.apply(text) for m in mutants_of_sample()]
        self.assertNotIn(text, applied)
        self.assertEqual(len(applied), len(set(applied)))


class Run(unittest.TestCase):
    def test_killed_stillborn_equivalent_survivor(self):
        argv = [sys.executable, HERE / "run.py", "--root", SAMPLE, "--file", "sample.c"]
        argv += ["--line", "10", "--line", "11", "--line", "13", "--line", "49"]
        argv += ["--equivalents", SAMPLE / "equivalents.txt"]
        done = subprocess.run(argv, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        listed, _, table = done.stdout.rpartition("\n\n")
        self.assertEqual(
            listed.splitlines(),
            [
                "src/sample.c:13 sample_grade",
                "- return points >= 50 ? 1 : 0; /* no test asks at 50 */",
                "+ return points > 50 ? 1 : 0; /* no test asks at 50 */",
            ],
        )
        self.assertEqual(table.splitlines()[-1].split(), ["all", "14", "10", "2", "1", "1"])


if __name__ == "__main__":
    unittest.main()
