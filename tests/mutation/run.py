"""Make mutants of services, policies and querysets, and see whether the tests notice: `make mutants`.

Each mutant lives in a child of a process that has loaded everything already, so that it costs a database copy and the
tests that run its line, the quickest first. Which tests those are, and how long they take, comes from a run with
`--cov-context=test --junitxml`; a mutant's tests stop at the first that fails.
"""

import argparse
import contextlib
import importlib
import json
import os
import random
import re
import signal
import sys
import time
import types
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(ROOT / "tests/support"), str(ROOT / "tests/mutation")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuisbasis.config.settings.test")

RULES = re.compile(r"(/services/[a-z_]+|/services|/policies|/querysets)\.py$")
LEFT_OUT = re.compile(r"tests/(journeys|architecture)|killed|rights_over_time|permission_matrix|test_demo")
# What the tests of one mutant may take when nothing is wrong; a mutant that takes three times as long hangs.
SECONDS_OF_TESTS = 20
MOST_TESTS = 60
ARGUMENTS = [
    "--import-mode=importlib",
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:cov",
    "-o",
    "addopts=",
]


def rule_files() -> list[Path]:
    """Return the modules in which rules live."""
    folders = ["platform/thuisbasis", "knowledge", "members", "events"]
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py") if RULES.search(str(file)))


def module_name(file: Path) -> str:
    """Return the name by which a file is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removeprefix("platform.")


def best_tests(tests: set[str], seconds: dict[str, float]) -> list[str]:
    """Choose from the tests that run a line: of each file the quickest first, as far as time allows."""
    by_file: dict[str, list[str]] = {}
    for test in sorted(tests, key=lambda test: (seconds.get(test, 0.3), test)):
        by_file.setdefault(test.split("::")[0], []).append(test)
    in_turn = sorted(
        ((rank, seconds.get(test, 0.3), test) for found in by_file.values() for rank, test in enumerate(found))
    )
    chosen, spent = [], 0.0
    for _rank, takes, test in in_turn[:MOST_TESTS]:
        if spent + takes <= SECONDS_OF_TESTS or not chosen:
            chosen.append(test)
            spent += takes
    return chosen


def known_tests(coverage_file: Path, times_file: Path) -> dict[str, dict[int, list[str]]]:
    """Return for each file and line the tests that run it and tell most."""
    from coverage import CoverageData

    seconds = {
        f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}": float(case.get("time", 0))
        for case in ElementTree.parse(times_file).iter("testcase")
    }
    data = CoverageData(str(coverage_file))
    data.read()
    found: dict[str, dict[int, list[str]]] = {}
    for measured in data.measured_files():
        name = next((str(file) for file in rule_files() if measured.endswith(str(file.relative_to(ROOT)))), None)
        if name:
            found[name] = {
                line: best_tests(
                    {test for context in contexts if (test := context.split("|")[0]) and not LEFT_OUT.search(test)},
                    seconds,
                )
                for line, contexts in data.contexts_by_lineno(measured).items()
            }
    return found


class Worker:
    """A plugin that says to pytest that this process is one of several, each with a database of its own."""

    def __init__(self, number: int) -> None:
        self.name = f"mutant{number}"

    @pytest.fixture(scope="session")
    def worker_id(self):
        return self.name

    @pytest.fixture(scope="session")
    def testrun_uid(self):
        return self.name


def code_of(tree, name: str, file: Path) -> types.CodeType:
    """Compile a module and return the code of one of its functions."""
    wanted = [compile(tree, str(file), "exec")]
    while wanted:
        code = wanted.pop()
        if code.co_qualname == name:
            return code
        wanted += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    raise LookupError(name)


def change_function(module, mutant, file: Path) -> bool:
    """Give a loaded function the mutant's code, wherever it is known; return whether that could be done."""
    found = module
    for part in mutant.function.split("."):
        found = vars(found)[part] if isinstance(found, type) else getattr(found, part)
    for inner in ("fget", "func"):  # properties and tasks wrap what we wrote
        found = getattr(found, inner, None) or found
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    if not isinstance(found, types.FunctionType):
        return False
    with contextlib.suppress(ValueError):
        found.__code__ = code_of(mutant.tree, mutant.function, file)
        return True
    return False


def fate(module, mutant, file: Path, tests: list[str], number: int) -> str:
    """Return what became of a mutant: killed, timeout, survived, or unfit when it can't be made."""
    child = os.fork()
    if child == 0:
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        signal.alarm(20 + 3 * SECONDS_OF_TESTS)
        os.environ["PYTEST_XDIST_WORKER"] = f"mutant{number}"
        if not change_function(module, mutant, file):
            os._exit(99)
        os._exit(int(pytest.main([*ARGUMENTS, *tests], plugins=[Worker(number)])))
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "timeout"
    return {0: "survived", 1: "killed", 99: "unfit"}.get(os.WEXITSTATUS(status), f"exit {os.WEXITSTATUS(status)}")


def all_mutants(options) -> list:
    """Return the mutants that this process takes, with the tests that run their lines."""
    from changes import mutants

    tests = known_tests(options.coverage, options.times)
    listed = [
        (file, mutant, tests.get(str(file), {}).get(mutant.line, []))
        for file in rule_files()
        if options.only in str(file)
        for mutant in mutants(file.read_text(encoding="utf-8"))
    ]
    random.Random(options.seed).shuffle(listed)
    return listed[: options.sample or None][options.number :: options.of]


def report(folder: Path) -> str:
    """Return a sentence with the share of mutants that died, and a line for each that did not."""
    results = [json.loads(line) for file in folder.glob("results-*.jsonl") for line in file.open(encoding="utf-8")]
    made = [result for result in results if result["fate"] != "unfit"]
    alive = sorted(
        (row["file"], row["line"], row["change"]) for row in made if row["fate"] not in {"killed", "timeout"}
    )
    dead = len(made) - len(alive)
    share = f"{dead} of {len(made)} mutants died ({100 * dead / max(1, len(made)):.1f} %)"
    return "\n".join([*(f"{file}:{line} {change}" for file, line, change in alive), share])


def main() -> None:
    """Run this process's share and write a line of JSON for each mutant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", type=Path, default=ROOT / ".coverage")
    parser.add_argument("--times", type=Path, default=ROOT / "var/mutants/times.xml")
    parser.add_argument("--out", type=Path, default=ROOT / "var/mutants")
    parser.add_argument("--only", default="", help="part of a path")
    parser.add_argument("--sample", type=int, default=0, help="this many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--of", type=int, default=1)
    parser.add_argument("--report", action="store_true", help="only say what became of the mutants")
    options = parser.parse_args()
    if options.report:
        print(report(options.out))
        return

    import django

    os.chdir(ROOT)
    django.setup()
    listed = all_mutants(options)
    files = sorted({test.split("::")[0] for _file, _mutant, tests in listed for test in tests})
    with Path(os.devnull).open("w") as nothing, contextlib.redirect_stdout(nothing):
        pytest.main([*ARGUMENTS, "--collect-only", *files], plugins=[Worker(options.number)])
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / f"results-{options.number}.jsonl").open("w") as out:
        for file, mutant, tests in listed:
            module = importlib.import_module(module_name(file))
            started = time.monotonic()
            became = fate(module, mutant, file, tests, options.number) if tests else "survived"
            result = {
                "file": str(file.relative_to(ROOT)),
                "function": mutant.function,
                "line": mutant.line,
                "change": mutant.change,
                "fate": became,
                "tests": len(tests),
                "seconds": round(time.monotonic() - started, 1),
            }
            out.write(json.dumps(result) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
