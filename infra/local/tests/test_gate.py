"""Tokens are checked before a function in a container is called, as API Gateway checks them."""

import base64
import json
import unittest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from runner.containers.gate import Refused, claims_of

NOW = 1_795_356_000
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
GATE = {"issuer": "https://issuer.example/pool", "audience": "client"}
CLAIMS = {"sub": "1", "iss": GATE["issuer"], "aud": "client", "exp": NOW + 60}


def encoded(content: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(claims: dict, head: dict | None = None, key: rsa.RSAPrivateKey = KEY) -> str:
    """A signed token."""
    parts = [head or {"alg": "RS256", "kid": "k1"}, claims]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{encoded(key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def claims(header: str | None) -> dict[str, str]:
    """What is told of a request with this header."""
    return claims_of(header, GATE, {"k1": KEY.public_key()}, NOW)


class Tokens(unittest.TestCase):
    """Which tokens are good, and what is told of them."""

    def test_claims_are_told_as_texts(self):
        more = {"email_verified": True, "cognito:groups": ["admin", "operator"]}
        told = claims(f"Bearer {token({**CLAIMS, **more})}")
        self.assertEqual(told["email_verified"], "true")
        self.assertEqual(told["cognito:groups"], "[admin operator]")
        self.assertEqual(told["exp"], str(NOW + 60))

    def test_an_access_token_names_its_client_otherwise(self):
        access = {name: value for name, value in CLAIMS.items() if name != "aud"}
        self.assertEqual(claims(f"bearer {token({**access, 'client_id': 'client'})}")["sub"], "1")

    def test_all_others_are_refused(self):
        stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        good = token(CLAIMS)
        bad = {
            "none": None,
            "no token": "Bearer x",
            "another scheme": f"Basic {good}",
            "tampered with": f"Bearer {good[:-8]}AAAAAAAA",
            "not signed": f"Bearer {token(CLAIMS, {'alg': 'none', 'kid': 'k1'})}",
            "an unknown key": f"Bearer {token(CLAIMS, {'alg': 'RS256', 'kid': 'k2'})}",
            "a stranger's": f"Bearer {token(CLAIMS, key=stranger)}",
            "expired": f"Bearer {token({**CLAIMS, 'exp': NOW})}",
            "of another pool": f"Bearer {token({**CLAIMS, 'iss': 'https://issuer.example/other'})}",
            "for another client": f"Bearer {token({**CLAIMS, 'aud': 'other'})}",
            "no base64": "Bearer !!.!!.!!",
        }
        for what, header in bad.items():
            with self.subTest(what), self.assertRaises(Refused):
                claims(header)
