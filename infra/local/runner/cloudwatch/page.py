"""A page that draws the deployed dashboards, where CloudWatch's own would be: `/_ironmonger/dashboards`."""

import json
import time
from pathlib import Path
from urllib.parse import parse_qs

import ministack.app
from ministack.services import cloudwatch

from . import widgets

PATH = "/_ironmonger/dashboards"
FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/widgets.css": ("widgets.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/charts.js": ("charts.js", "text/javascript; charset=utf-8"),
    "/text.js": ("text.js", "text/javascript; charset=utf-8"),
}
FOLDER = Path(__file__).with_name("page")
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"),
    (b"x-content-type-options", b"nosniff"),
]
MOST_HOURS = 14 * 24

_app = ministack.app.app


def install() -> None:
    """Puts the page before the emulator's own addresses."""
    ministack.app.app = _serve


async def _serve(scope, receive, send) -> None:
    path = scope.get("path", "")
    if scope["type"] != "http" or not (path == PATH or path.startswith(f"{PATH}/")):
        await _app(scope, receive, send)
        return
    status, content_type, body = _answer(path.removeprefix(PATH).rstrip("/"), scope.get("query_string", b"").decode())
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _answer(path: str, query: str) -> tuple[int, str, bytes]:
    if path in FILES:
        name, content_type = FILES[path]
        return 200, content_type, (FOLDER / name).read_bytes()
    if path == "/data":
        asked = parse_qs(query)
        try:
            hours = float(asked.get("hours", ["3"])[0])
        except ValueError:
            hours = 0.0
        if not 0 < hours <= MOST_HOURS:
            return _json(400, {"detail": f"hours is a number up to {MOST_HOURS}."})
        return _json(200, data(asked.get("name", [None])[0], hours, time.time()))
    return _json(404, {"detail": "There is nothing here."})


def data(name: str | None, hours: float, now: float) -> dict:
    """A dashboard, the first unless one is named, with what its widgets show, and what others there are."""
    names = sorted(cloudwatch._dashboards)
    if not names:
        return {"names": [], "name": None, "widgets": []}
    chosen = name if name in names else names[0]
    body = json.loads(cloudwatch._dashboards[chosen]["DashboardBody"])
    start = now - hours * 3600
    return {
        "names": names,
        "name": chosen,
        "start": start,
        "end": now,
        "widgets": [widgets.drawn(widget, start, now) for widget in body["widgets"]],
    }


def _json(status: int, value: dict) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps(value).encode()
