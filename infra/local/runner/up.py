"""`make up`: from sources to a running, seeded shop; again while it runs, to bring it up to date."""

import contextlib
import json
import signal

from . import build, deploy, emulator, frontend, logs, prerequisites, processes, publishing, routes, seed, simulator
from .console import Problem, fail, say
from .containers import BRIDGE
from .emulator import client
from .settings import REGION, Settings


def up(settings: Settings, lock: contextlib.ExitStack, with_shop: bool = True) -> int:
    """Starts or updates the stack; in the foreground it then follows the logs and stops what it started.

    The lock is released once the stack is ready, so that another command can update or stop it meanwhile. Without its
    shop the stack has no pages and an empty catalogue.
    """
    prerequisites.check_machine()
    _check_ports(settings)
    build.compile_all()
    if with_shop:
        frontend.build()
    started = False
    try:
        started = emulator.ensure(settings)
        simulator.ensure(settings)
        deploy.ensure(settings)
        routes.reconcile(settings)
        outputs = _write_outputs(settings)
        if with_shop:
            publish(settings, outputs["stack"])
            seed.ensure(settings)
    except BaseException:
        if started:
            stop(settings)
        raise
    lock.close()
    _announce(settings, outputs, started)
    if settings.detach:
        return 0
    try:
        logs.follow(settings, outputs["stack"]["FunctionLogGroup"])
    except KeyboardInterrupt:
        say("")
    except Problem as problem:
        fail(str(problem))
        stop(settings)
        return 1
    if started:
        stop(settings)
    return 0


def publish(settings: Settings, stack: dict[str, str]) -> None:
    """Makes the site's bucket hold what is built; `stack` are the stack's outputs."""
    files = {**frontend.site(), "config.json": frontend.config(REGION, stack, settings.endpoint)}
    publishing.publish(client(settings.endpoint, "s3"), stack["SiteBucketName"], files)


def stop(settings: Settings) -> None:
    """Stops the background processes; the emulator writes its data first, so a second Ctrl-C is not heeded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in (BRIDGE, simulator.NAME, emulator.NAME):
        if processes.running(settings, name) is not None:
            say(f"▸ Stopping the {name}")
        processes.stop(settings, name)


def _check_ports(settings: Settings) -> None:
    """Before the long build rather than after it."""
    emulator.require_same_port(settings)
    for name, port, setting in (
        (emulator.NAME, settings.port, "PORT"),
        (simulator.NAME, settings.simulator_port, "SIM_PORT"),
    ):
        if processes.running(settings, name) is None:
            processes.require_free_port(port, name, setting)


def _write_outputs(settings: Settings) -> dict:
    stack = deploy.outputs(settings)
    distribution = client(settings.endpoint, "cloudfront").get_distribution(Id=stack["DistributionId"])
    label = distribution["Distribution"]["DomainName"].split(".")[0]
    site = f"http://{label}.cloudfront.localhost:{settings.port}"
    outputs = {
        "site": site,
        "api": f"{site}/api",
        "console": f"{site}/console/",
        "docs": f"{site}/docs",
        "mailbox": f"{settings.endpoint}/_ministack/ses/messages",
        "dashboards": f"{settings.endpoint}/_ironmonger/dashboards",
        "region": REGION,
        "endpoint": settings.endpoint,
        "supplierSim": settings.simulator,
        "crashDir": str(settings.crash_folder),
        "stack": stack,
        "functions": deploy.functions(settings),
    }
    settings.outputs_file.write_text(json.dumps(outputs, indent=2) + "\n")
    return outputs


def _announce(settings: Settings, outputs: dict, started: bool) -> None:
    say("")
    say(f"  Shop        {outputs['site']}")
    say(f"  Console     {outputs['console']}")
    say(f"  API         {outputs['api']}")
    say(f"  API docs    {outputs['docs']}")
    say(f"  Mailbox     {outputs['mailbox']}")
    say(f"  Dashboards  {outputs['dashboards']}")
    say(f"  Details     {settings.outputs_file}")
    say("")
    if not settings.detach:
        say(
            "Following the functions' logs. "
            + ("Ctrl-C stops the stack." if started else "Ctrl-C leaves the stack running.")
        )
