"""`make test` and its parts: lint, unit tests, tests on a deployed stack, tests in a browser."""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from . import build, emulator, frontend, prerequisites, processes, reports, seed, toolbox, up
from .console import Problem, fail, say, step
from .containers import engine, sam_local
from .reports import Tally
from .settings import Settings, beside
from .settings import port as sam_port
from .toolbox import ROOT

# Libraries and tests: a binary is `main` and nothing else, and a hundred of them take minutes to link as tests.
NEXTEST = ["cargo", "nextest", "run", "--workspace", "--lib", "--test", "*"]
NEXTEST += ["--config-file", "infra/local/nextest.toml"]
# What needs a deployed stack: the command line's and the store's tests against it, and the end-to-end tests.
ON_STACK = "binary_id(cli::on_stack) or binary_id(cli::keeping) or (package(store) and kind(test)) or "
ON_STACK += "package(stack-tests)"
# What needs Docker beside it.
IN_CONTAINERS = "binary_id(stack-tests::sam_local)"
FRONTEND_WITH_UNITS = ("api", "identity", "realtime", "storefront", "console")
TEMPLATES = [str(template.relative_to(ROOT)) for template in build.TEMPLATES.values()]
WORKFLOWS = [str(workflow.relative_to(ROOT)) for workflow in sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
LINTS = {
    "rustfmt": ["cargo", "fmt", "--all", "--check"],
    "clippy": ["cargo", "clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
    "cargo-deny": ["cargo", "deny", "--log-level", "error", "check", "bans", "licenses", "sources"],
    "cfn-lint": ["cfn-lint", *TEMPLATES, "infra/deploy-role.yaml"],
    "cfn-lint, CloudFront's region": ["cfn-lint", "--regions", "us-east-1", "--", "infra/edge.yaml"],
    "actionlint": ["actionlint", *WORKFLOWS],
    "zizmor": ["zizmor", "--offline", "--quiet", "--min-severity", "medium", ".github"],
    "sam validate": ["sam", "validate", "--lint", "--region", "eu-west-2"],
    "ruff check": ["ruff", "check", "infra/local"],
    "ruff format": ["ruff", "format", "--check", "infra/local"],
}
RUNNERS_TESTS = ["python", "-m", "unittest", "discover", "--top-level-directory", ".", "--start-directory", "tests"]
# These ask the public lists of weaknesses, which change without us: not part of `make test`, but done every day.
AUDITS = {
    "cargo-deny advisories": ["cargo", "deny", "--log-level", "error", "check", "advisories"],
    "npm audit": ["npm", "--prefix", "frontend", "audit", "--audit-level", "moderate"],
}


def run(parts: list[str], settings: Settings, keep: bool) -> int:
    """Runs some parts, or all; ends with one line of totals and fails if any part did."""
    prerequisites.check_machine()
    # The browser comes before the stack's tests, which fill the shop with products of their own.
    known: dict[str, Callable[[Settings], Tally]] = {
        "lint": _lint,
        "unit": _unit,
        "browser": _browser,
        "stack": _stack,
        "containers": _containers,
    }
    without_docker = None if parts else _reason_without_docker()
    chosen = parts or [part for part in known if part != "containers" or without_docker is None]
    known["audit"] = _audit
    unknown = [part for part in chosen if part not in known]
    if unknown:
        raise Problem(f"There is no part {unknown[0]!r} of the tests: they are {', '.join(known)}.")
    results: dict[str, Tally] = {}
    with _stack_after_use(settings, keep):
        for part in chosen:
            try:
                results[part] = known[part](settings)
            except Problem as problem:
                fail(f"{part}: {problem}")
                results[part] = Tally(failed=1)
    say("")
    if without_docker is not None:
        say(f"  containers: not run. {without_docker}")
    for part, tally in results.items():
        say(f"  {part}: {tally}" + ("" if tally.is_good else "  ✗"))
    say(str(sum(results.values(), Tally())))
    return 0 if all(tally.is_good for tally in results.values()) else 1


def _lint(_settings: Settings) -> Tally:
    frontend.install()
    tally = Tally()
    for title, command in LINTS.items():
        tally += _check(title, command, ROOT)
    return tally + _check("frontend lint", ["npm", "run", "--silent", "lint"], frontend.FRONTEND)


def _audit(_settings: Settings) -> Tally:
    return sum((_check(title, command, ROOT) for title, command in AUDITS.items()), Tally())


def _unit(_settings: Settings) -> Tally:
    tally = _nextest("unit", f"not ({ON_STACK})", {})
    frontend.install()
    for workspace in FRONTEND_WITH_UNITS:
        report = _fresh(build.target_folder() / "reports" / f"{workspace}.json")
        command = ["npm", "run", "--silent", "test", "--workspace", workspace, "--"]
        with step(f"Unit tests of frontend/{workspace}"):
            code = _run(
                [*command, "--reporter=default", "--reporter=json", f"--outputFile.json={report}"], frontend.FRONTEND
            )
        tally += _counted(reports.vitest(report), code)
    return tally + _check("Unit tests of infra/local", RUNNERS_TESTS, ROOT / "infra" / "local")


def _stack(settings: Settings) -> Tally:
    _ensure_stack(settings)
    return _nextest("stack", f"({ON_STACK}) and not {IN_CONTAINERS}", _stack_environment(settings))


def _containers(settings: Settings) -> Tally:
    """`make sam-local` on the tests' stack, and requests to it."""
    _ensure_stack(settings)
    port = sam_port("TEST_SAM_PORT", 4695)
    with sam_local.serving(settings, port):
        told = {**_stack_environment(settings), **sam_local.of(settings, port)}
        return _nextest("containers", IN_CONTAINERS, {**told, "IRONMONGER_SAM_API": f"http://127.0.0.1:{port}/api"})


def _reason_without_docker() -> str | None:
    """Why the containers' tests are left out, on a developer's machine; who sets REQUIRE_DOCKER wants no excuse."""
    if os.environ.get("REQUIRE_DOCKER", "") not in ("", "0"):
        return None
    try:
        engine.client()
    except Problem as problem:
        return str(problem)
    return None


def _browser(settings: Settings) -> Tally:
    _ensure_stack(settings)
    report = _fresh(build.target_folder() / "reports" / "browser.json")
    # With the program the tests make the staff they sign in as.
    program = build.runnable(seed.PROGRAM, settings.folder)
    environment = {
        **_stack_environment(settings),
        "IRONMONGER_E2E_REPORT": str(report),
        "IRONMONGER_CLI": str(program),
    }
    with step("Tests in Chromium"):
        code = _run(["npm", "run", "--silent", "e2e", "--workspace", "e2e"], frontend.FRONTEND, environment)
    return _counted(reports.playwright(report), code)


def _nextest(profile: str, tests: str, environment: dict[str, str]) -> Tally:
    # Below the workspace's root, wherever cargo builds.
    report = _fresh(ROOT / "target" / "nextest" / profile / "junit.xml")
    with step(f"cargo nextest, profile {profile}"):
        code = _run([*NEXTEST, "--profile", profile, "-E", tests], ROOT, environment)
    return _counted(reports.junit(report), code)


def _check(title: str, command: list[str], folder: Path) -> Tally:
    with step(title):
        good = _run(command, folder) == 0
    if not good:
        fail(f"{title} found something, see above.")
    return Tally(passed=1) if good else Tally(failed=1)


def _counted(tally: Tally, code: int) -> Tally:
    """A runner may fail although no test of its report did, as when a test's process cannot start."""
    return tally + Tally(failed=1) if code != 0 and tally.failed == 0 else tally


def _run(command: list[str], folder: Path, extra: dict[str, str] | None = None) -> int:
    # The triple that cargo-lambda builds for: so functions and tests share compiled dependencies.
    environment = {**toolbox.environment(), "CARGO_BUILD_TARGET": prerequisites.host_triple(), **(extra or {})}
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def _fresh(report: Path) -> Path:
    """A report of an earlier run must not be counted."""
    report.unlink(missing_ok=True)
    report.parent.mkdir(parents=True, exist_ok=True)
    return report


def _ensure_stack(settings: Settings) -> None:
    if processes.running(settings, emulator.NAME) is None:
        # An earlier run's data must not decide this one's outcome.
        shutil.rmtree(settings.folder, ignore_errors=True)
    up.up(settings, contextlib.ExitStack())


def _stack_environment(settings: Settings) -> dict[str, str]:
    aws = emulator.aws_environment(settings, {})
    outputs = json.loads(settings.outputs_file.read_text())
    return {**aws, "IRONMONGER_OUTPUTS": str(settings.outputs_file), "CRASH_DIR": outputs["crashDir"]}


@contextlib.contextmanager
def _stack_after_use(settings: Settings, keep: bool) -> Iterator[None]:
    """Stops a stack that the tests started, also when they failed."""
    was_running = processes.running(settings, emulator.NAME) is not None
    try:
        yield
    finally:
        if not was_running and not keep:
            up.stop(settings)


def test_settings(base: Settings) -> Settings:
    """The tests' own stack."""
    return beside(base, "TEST", (4666, 4690), payment_window="60")
