"""What CloudWatch does and ministack 1.5 does not: metrics from log lines and of the services, metric math, alarms that
heed dimensions and missing data, composite alarms from a template, and dashboards that can be looked at.

`emulator_server.py` installs it in the emulator's process. Of what upstream does one day, the part here can go.
"""

from . import alarms, page, queries, services, store


def install() -> None:
    """Puts the missing parts into the emulator, before it starts."""
    store.install()
    queries.install()
    alarms.install()
    services.install()
    page.install()
