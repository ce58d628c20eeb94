"""Counts tests in the reports that the test runners write."""

import json
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from .console import Problem


@dataclass(frozen=True)
class Tally:
    """How many checks passed and how many did not."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed)

    @property
    def is_good(self) -> bool:
        """Whether something ran and nothing failed."""
        return self.failed == 0 and self.passed > 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def junit(file: Path) -> Tally:
    """nextest's report."""
    suites = ElementTree.fromstring(_read(file)).iter("testsuite")
    total = Tally()
    for suite in suites:
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Tally(int(suite.get("tests", 0)) - failed - int(suite.get("disabled", 0)), failed)
    return total


def vitest(file: Path) -> Tally:
    """Vitest's JSON report; a suite that did not even load counts as one failure."""
    report = json.loads(_read(file))
    unloaded = sum(
        1 for suite in report["testResults"] if suite["status"] == "failed" and not suite["assertionResults"]
    )
    return Tally(report["numPassedTests"], report["numFailedTests"] + unloaded)


def playwright(file: Path) -> Tally:
    """Playwright's JSON report; a flaky test is not a passed one, an error outside tests is a failure."""
    report = json.loads(_read(file))
    stats = report["stats"]
    return Tally(stats["expected"], stats["unexpected"] + stats["flaky"] + len(report["errors"]))


def _read(file: Path) -> str:
    if not file.exists():
        raise Problem(f"The test runner left no report at {file}.")
    return file.read_text()
