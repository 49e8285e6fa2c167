#!/usr/bin/env python3
"""run.py - change one operator or constant at a time, and see whether a test fails.

The project is copied and built once.  A mutant is its one file compiled, and linked before the
libraries into the tests that contain the file, one after another until one of them fails.
"""
import argparse
import collections
import concurrent.futures
import filecmp
import json
import math
import multiprocessing
import os
import pathlib
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import mutate

HERE = pathlib.Path(__file__).resolve().parent
DEFAULT_FILES = ["core/*_rules.c", "core/graph_order.c", "core/newest.c", "core/ruling.c"]
DEFAULT_FILES += ["core/offer_merge.c", "core/outcome.c", "core/select.c", "core/wait_schedule.c"]
DEFAULT_FILES += ["portal/json/*.c", "portal/read/*.c", "portal/rest/*.c"]
LINKERS = ("mold", "gold", "lld")  # the fastest first
MEMORY_MAX = 2 << 30  # a loop that allocates for ever must not take the machine with it
SLOWER_MAX = 10  # a test that takes so many times its own time has found the mutant
WALL_MIN_S = 20  # others may be using the machine

Result = collections.namedtuple("Result", "mutant status killer")


class Trouble(Exception):
    """What ends the run."""


def output_of(argv, cwd):
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        raise Trouble(f"{shlex.join(argv)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def copy_tree(root, to):
    """Copy what differs and drop what is gone: a folder of an earlier run is built in a moment."""

    def copy_if_new(source, target):
        if not os.path.exists(target) or not filecmp.cmp(source, target, shallow=False):
            shutil.copy(source, target)  # with the time of now, which ninja looks at

    shutil.copytree(
        root,
        to,
        ignore=shutil.ignore_patterns("build", ".git", "__pycache__"),
        copy_function=copy_if_new,
        dirs_exist_ok=True,
    )
    for path in to.rglob("*"):
        if path.is_file() and not (root / path.relative_to(to)).exists():
            path.unlink()


class Test:
    """A test of ctest.  program: the path in the build folder of the program that it runs."""

    def __init__(self, entry, build, program):
        self.name, self.argv, self.program = entry["name"], entry["command"], program
        self.build = str(build)
        properties = {p["name"]: p["value"] for p in entry.get("properties", [])}
        self.cwd = properties.get("WORKING_DIRECTORY", self.build)
        pairs = (pair.split("=", 1) for pair in properties.get("ENVIRONMENT", []))
        self.environment = dict(pairs)
        self.cpu_s, self.wall_s = 600, 600  # until its own time is known

    def run(self, build):
        """Whether it passes with the programs in this folder."""
        argv = [
            build + arg[len(self.build) :] if (arg + "/").startswith(self.build + "/") else arg
            for arg in self.argv
        ]

        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_s, self.cpu_s + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        child = subprocess.Popen(
            argv,
            cwd=self.cwd,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=limit,
        )
        try:
            return child.wait(timeout=self.wall_s) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            if child.returncode != 0:  # nothing that it started may outlive it
                try:
                    os.killpg(child.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                child.wait()

    def measure(self):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        if not self.run(self.build):
            return False
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.cpu_s = math.ceil(SLOWER_MAX * cpu_s) or 1
        self.wall_s = WALL_MIN_S + SLOWER_MAX * (time.monotonic() - began)
        return True


class Build:
    """The copy of the project, built without optimisation and without warnings."""

    def __init__(self, root, folder, process, compiler):
        self.compiler = compiler
        self.root = folder / "tree"
        self.path = folder / "build"
        copy_tree(root, self.root)
        linker = next((name for name in LINKERS if shutil.which(f"ld.{name}")), "bfd")
        configure = ["cmake", "-G", "Ninja", "-S", str(self.root), "-B", str(self.path)]
        configure += ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0 -w"]
        configure += ["-DOFFERSTAT_HARDEN=OFF", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"]
        output_of(configure + [f"-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld={linker}"], folder)
        programs = self.programs(process)
        output_of(["ninja", "-j2"] + programs, self.path)
        self.links = {program: self.link_of(program) for program in programs}
        self.symbols = {program: self.symbols_of(program) for program in programs}
        commands = json.loads((self.path / "compile_commands.json").read_text())
        self.compiles = {entry["file"]: entry for entry in commands}
        self.unit = self.tests("unit")
        self.process = self.tests("process") if process else []
        if not self.unit:
            raise Trouble("no unit test passes without a mutant")

    def programs(self, process):
        """The test programs, and for the process tests the two that they run."""
        found = []
        for line in output_of(["ninja", "-t", "targets", "all"], self.path).splitlines():
            target, _, rule = line.partition(": ")
            name = pathlib.Path(target).name
            if rule.startswith("C_EXECUTABLE_LINKER") and (
                name.startswith("test_") or (process and name.startswith("offerstat"))
            ):
                found.append(target)
        return found

    def link_of(self, program):
        last = output_of(["ninja", "-t", "commands", program], self.path).splitlines()[-1]
        words = shlex.split(last)
        return words[words.index("&&") + 1 : len(words) - words[::-1].index("&&") - 1]

    def symbols_of(self, path):
        """Those that are defined: capitals in an object; mold writes all of a program's small."""
        listed = output_of(["nm", "--defined-only", str(path)], self.path)
        words = [line.split() for line in listed.splitlines() if line]
        return {name for _, kind, name in words if kind.isupper() or path in self.links}

    def tests(self, label):
        listed = output_of(["ctest", "--show-only=json-v1", "-L", f"^{label}$"], self.path)
        found = []
        for entry in json.loads(listed)["tests"]:
            command = entry.get("command", [""])
            if label == "process":
                program = "offerstat"
            else:
                program = os.path.relpath(command[0], self.path)
            if program not in self.links:
                continue
            test = Test(entry, self.path, program)
            if test.measure():
                found.append(test)
            else:
                print(f"left out, fails without a mutant: {test.name}", file=sys.stderr)
        return found


class Worker:
    """One of the processes that try mutants, with a folder of its own."""

    def __init__(self, build, folder):
        self.build = build
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=folder))
        self.kills = collections.Counter()
        self.symbols = {}
        self.object = self.folder / "mutant.o"
        for entry in build.path.iterdir():  # process tests find the other programs beside theirs
            (self.folder / entry.name).symlink_to(entry)

    def compile(self, path, text):
        source = self.build.root / path
        mutated = self.folder / "mutant.c"
        mutated.write_text(text, encoding="utf-8")
        entry = self.build.compiles[str(source)]
        argv = shlex.split(entry["command"])
        argv[argv.index("-o") + 1] = str(self.object)
        argv[argv.index(str(source))] = str(mutated)
        argv[1:1] = ["-I", str(source.parent)]
        argv[0] = self.build.compiler or argv[0]
        done = subprocess.run(argv, cwd=entry["directory"], stderr=subprocess.DEVNULL)
        return done.returncode == 0

    def symbols_of(self, path, text):
        """Those that the file defines without a mutant."""
        if path not in self.symbols:
            if not self.compile(path, text):
                raise Trouble(f"{self.build.compiler} does not compile {path}")
            self.symbols[path] = self.build.symbols_of(self.object)
        return self.symbols[path]

    def link(self, program):
        argv = list(self.build.links[program])
        out = argv.index("-o")
        target = self.folder / pathlib.Path(program)
        if target.parent != self.folder:  # not through the link into the folder of the build
            target = self.folder / target.name
        target.unlink(missing_ok=True)
        argv[out : out + 2] = [str(self.object), "-o", str(target)]
        output_of(argv, self.build.path)
        return target

    def run(self, test):
        target = self.link(test.program)
        if test in self.build.process:
            return test.run(str(self.folder))
        argv, test.argv = test.argv, [str(target)] + test.argv[1:]
        try:
            return test.run(test.build)
        finally:
            test.argv = argv

    def covering(self, tests, mutant, own):
        """The tests with the file in them: the likeliest first, which is the one of its name."""
        covering = [t for t in tests if own and own <= self.build.symbols[t.program]]
        named = f"unit.{mutant.path.stem}"

        def rank(test):
            return (-self.kills[mutant.path, test.name], test.name != named, test.cpu_s, test.name)

        return sorted(covering, key=rank)

    def try_mutant(self, mutant):
        text = (self.build.root / mutant.path).read_text(encoding="utf-8")
        own = self.symbols_of(mutant.path, text)
        if not self.compile(mutant.path, mutant.apply(text)):
            return Result(mutant, "stillborn", "")
        for tests in (self.build.unit, self.build.process):
            for test in self.covering(tests, mutant, own):
                if not self.run(test):
                    self.kills[mutant.path, test.name] += 1
                    return Result(mutant, "killed", test.name)
        return Result(mutant, "survivor", "")


def start_worker(build, folder):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global worker
    worker = Worker(build, folder)


def work(mutant):
    return worker.try_mutant(mutant)


def run_mutants(build, folder, mutants, jobs):
    fork = multiprocessing.get_context("fork")
    began = time.monotonic()
    results = []
    with concurrent.futures.ProcessPoolExecutor(jobs, fork, start_worker, (build, folder)) as pool:
        for result in pool.map(work, mutants, chunksize=4):
            results.append(result)
            if len(results) % 100 == 0:
                took_s = time.monotonic() - began
                print(f"{len(results)} of {len(mutants)}, {took_s:.0f} s", file=sys.stderr)
    return results


def read_equivalents(path):
    """Each entry: "FILE FUNCTION", "- the line", "+ the line changed", "= the reason"."""
    found = {}
    for entry in path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []:
        lines = [line for line in entry.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        if [line[:2] for line in lines[1:]] != ["- ", "+ ", "= "]:
            raise Trouble(f"{path}: not an entry of four lines: {lines[0]}")
        name, _, function = lines[0].partition(" ")
        found[(name, function, lines[1][2:], lines[2][2:])] = lines[3][2:]
    return found


def report(results, equivalents, whole):
    rows = collections.defaultdict(collections.Counter)
    left = []
    survived = {mutant.key() for mutant, status, _ in results if status == "survivor"}
    for mutant, status, killer in results:
        known = mutant.key() in equivalents
        if status == "survivor" and known:
            status = "equivalent"
        elif status == "survivor":
            left.append(mutant)
        elif known and mutant.key() not in survived:  # a line may stand twice in a function
            print(f"named as equivalent, but {status} {killer}: {mutant}\n")
        rows[str(mutant.path)][status] += 1
        rows["all"][status] += 1
    seen = {result.mutant.key() for result in results}
    for key in equivalents if whole else []:
        if key not in seen:
            print(f"named as equivalent, but no mutant: {' | '.join(key)}\n")
    for mutant in left:
        print(f"{mutant}\n")
    columns = ("killed", "stillborn", "equivalent", "survivor")
    print(f"{'':32}{'mutants':>11}" + "".join(f"{name:>11}" for name in columns))
    for path, row in sorted(rows.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"{path:32}{row.total():11}" + "".join(f"{row[name]:11}" for name in columns))
    return len(left)


def chosen_mutants(options):
    root = options.root
    texts = [path.read_text(encoding="utf-8") for path in root.glob("src/**/*.[ch]")]
    texts += [path.read_text(encoding="utf-8") for path in root.glob("include/**/*.h")]
    siblings = mutate.enum_siblings(texts)
    globs = options.file or DEFAULT_FILES
    found = []
    for path in sorted(path.relative_to(root) for path in root.glob("src/**/*.c")):
        if any(path.match(glob) for glob in globs):
            found += mutate.mutants_of(root, path, siblings)
    if options.line:
        found = [mutant for mutant in found if mutant.line in options.line]
    if options.sample is not None and options.sample < len(found):
        order = {id(mutant): i for i, mutant in enumerate(found)}
        found = random.Random(options.seed).sample(found, options.sample)
        found.sort(key=lambda mutant: order[id(mutant)])
    if not found:
        raise Trouble("no mutants there")
    return found


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--file", action="append", metavar="GLOB", help="files under src, as read/*.c (again)")
    add("--line", action="append", type=int, metavar="N", help="only these lines (again)")
    add("--sample", type=int, metavar="N", help="only N of the mutants, by chance")
    add("--seed", type=int, default=1, metavar="S", help="which chance (1)")
    add("--list", action="store_true", help="print the mutants and run nothing")
    add("--process", action="store_true", help="try survivors with the process tests (slow)")
    add("--jobs", type=int, default=2, metavar="N", help="at the same time (2)")
    add("--no-equivalents", action="store_true", help="do not try what is named as equivalent")
    add("--compiler", metavar="CC", help="for the mutants: tcc is much faster than the build's")
    add("--work", type=pathlib.Path, metavar="DIR", help="keep the copy and its build there")
    add("--root", type=pathlib.Path, default=HERE.parent.parent, help="the project (this one)")
    add("--equivalents", type=pathlib.Path, default=HERE / "equivalents.txt", metavar="FILE")
    options = parser.parse_args()
    options.root = options.root.resolve()
    return options


def main():
    options = parse_options()
    try:
        mutants = chosen_mutants(options)
        if options.list:
            print("\n\n".join(str(mutant) for mutant in mutants))
            return 0
        equivalents = read_equivalents(options.equivalents)
        if options.no_equivalents:
            mutants = [mutant for mutant in mutants if mutant.key() not in equivalents]
        with tempfile.TemporaryDirectory(prefix="mutation-") as scratch:
            folder = options.work.resolve() if options.work else pathlib.Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            build = Build(options.root, folder, options.process, options.compiler)
            results = run_mutants(build, scratch, mutants, options.jobs)
        whole = not (options.file or options.line or options.sample or options.no_equivalents)
        return 1 if report(results, equivalents, whole) else 0
    except Trouble as trouble:
        print(f"run.py: {trouble}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
