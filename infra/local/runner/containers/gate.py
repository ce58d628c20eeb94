"""Runs `sam local` with what SAM CLI 1.167 lacks: HTTP APIs with a JWT authorizer; started by `sam_local.py`.

SAM serves such routes without a look at the token, and tells the function of nobody. Here a token is checked as API
Gateway checks it, against the keys of the emulator's user pool, and its claims are told to the function. Once SAM does
that, this file can go and `sam` be started directly.
"""

import base64
import binascii
import json
import os
import time
import urllib.request
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from samcli.cli.main import cli
from samcli.local.apigw.local_apigw_service import LocalApigwService

# The variable in which `sam_local.py` tells the functions behind an authorizer, and what their tokens must be.
SETTING = "IRONMONGER_GATE"

_generate = LocalApigwService._generate_lambda_event
_handle = LocalApigwService._request_handler


class Refused(Exception):
    """There is no token, or none that is good."""


def claims_of(header: str | None, gate: dict, keys: dict[str, rsa.RSAPublicKey], now: float) -> dict[str, str]:
    """The claims of a request's token, as API Gateway tells them: all of them texts."""
    scheme, _, token = (header or "").partition(" ")
    parts = token.strip().split(".")
    if scheme.lower() != "bearer" or len(parts) != 3:
        raise Refused
    try:
        head, claims = (json.loads(_decoded(part)) for part in parts[:2])
        if head.get("alg") != "RS256" or head.get("kid") not in keys:
            raise Refused
        signed = f"{parts[0]}.{parts[1]}".encode()
        keys[head["kid"]].verify(_decoded(parts[2]), signed, padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, binascii.Error, InvalidSignature) as error:
        raise Refused from error
    is_ours = claims.get("iss") == gate["issuer"] and claims.get("aud", claims.get("client_id")) == gate["audience"]
    if not is_ours or claims.get("exp", 0) <= now:
        raise Refused
    return {name: _text(value) for name, value in claims.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"[{' '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _number(part: str) -> int:
    return int.from_bytes(_decoded(part), "big")


@cache
def _gate() -> dict:
    return json.loads(os.environ[SETTING])


@cache
def _keys() -> dict[str, rsa.RSAPublicKey]:
    with urllib.request.urlopen(_gate()["keys"], timeout=10) as answer:
        listed = json.load(answer)["keys"]
    return {key["kid"]: rsa.RSAPublicNumbers(_number(key["e"]), _number(key["n"])).public_key() for key in listed}


def _generate_with_claims(self, flask_request, route, method, endpoint):
    event = _generate(self, flask_request, route, method, endpoint)
    if route.function_name.rsplit("/", 1)[-1] in _gate()["functions"]:
        header = flask_request.headers.get("Authorization")
        claims = claims_of(header, _gate(), _keys(), time.time())
        event["requestContext"]["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    return event


def _handle_refusing(self, **arguments):
    try:
        return _handle(self, **arguments)
    except Refused:
        body = json.dumps({"message": "Unauthorized"})
        return self.service_response(body, {"Content-Type": "application/json"}, 401)


if __name__ == "__main__":
    LocalApigwService._generate_lambda_event = _generate_with_claims
    LocalApigwService._request_handler = _handle_refusing
    cli(prog_name="sam")
