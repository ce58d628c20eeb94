"""A visitor of the shop, who asks the API for what the pages ask it for, and now and then buys."""

import itertools
import json
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import urlsplit, urlunsplit

from ..console import Problem

# The sandbox's card that is always charged.
CARD = "4242424242424242"
FINAL = ("fulfilled", "needsAttention", "expired", "cancelled", "refunded")
TIMEOUT_SECONDS = 60
FULFILMENT_SECONDS = 600
LOOK_SECONDS = 3


class Shopper:
    """Talks to the shop as a browser does, without its caches."""

    def __init__(self, api: str) -> None:
        address = urlsplit(api)
        # Browsers know that all names below `localhost` are this machine; the C library may not.
        self._host = address.netloc
        self.api = urlunsplit(address._replace(netloc=f"127.0.0.1:{address.port}"))
        self.products = [item for item in self._get("/products?limit=48")["items"] if item["inStock"]]
        if not self.products:
            raise Problem("There is nothing to buy in the shop: fill it with make seed.")
        self._next = itertools.cycle(self.products)

    def visit(self) -> None:
        """Looks at the landing page, searches, and looks at two products."""
        self._get("/categories")
        self._get("/products?limit=24")
        looked_at = [next(self._next) for _ in range(2)]
        word = looked_at[0]["title"].split()[0].lower()
        # What is suggested while somebody types, then what is found.
        self._get(f"/search?q={word[:3]}&limit=5")
        self._get(f"/search?q={word}")
        for product in looked_at:
            self._get(f"/products/{product['slug']}")
            self._get(f"/products/{product['id']}/reviews")
            self._get("/products?limit=5")

    def buy(self, lines: int) -> tuple[str, str]:
        """Fills a cart with so many articles, looks at it, orders and pays; gives the order's id and its token."""
        cart = self._call("POST", "/carts", {})["id"]
        for sku in self._skus(lines):
            self._call("PUT", f"/carts/{cart}/items/{sku}", {"quantity": 1})
        self._get(f"/carts/{cart}")
        address = {
            "name": "C. Oster",
            "line1": "1 Till Lane",
            "city": "Leeds",
            "postalCode": "LS1 1AA",
            "country": "GB",
        }
        order = {
            "cartId": cart,
            "email": "costs@example.com",
            "shippingAddress": address,
            "paymentProvider": "sandbox",
        }
        placed = self._call("POST", "/orders", order, {"Idempotency-Key": str(uuid.uuid4())})
        name, token = placed["order"]["id"], placed["accessToken"]
        payment = {"provider": "sandbox", "cardNumber": CARD}
        headers = {"Idempotency-Key": str(uuid.uuid4()), "X-Order-Token": token}
        self._call("POST", f"/orders/{name}/payments", payment, headers)
        return name, token

    def follow(self, orders: list[tuple[str, str]]) -> list[str]:
        """Waits until the orders are at their end, looking at one of them at a time; gives how they ended."""
        deadline = time.monotonic() + FULFILMENT_SECONDS
        ends = []
        for name, token in orders:
            while (status := self._order(name, token)) not in FINAL:
                if time.monotonic() > deadline:
                    raise Problem(f"The order {name} is still {status}: are there suppliers, and do they work?")
                time.sleep(LOOK_SECONDS)
            ends.append(status)
        return ends

    def _order(self, name: str, token: str) -> str:
        return self._call("GET", f"/orders/{name}", None, {"X-Order-Token": token})["status"]

    def _skus(self, lines: int) -> list[str]:
        """Articles that are there; each product is looked at before it is put into the cart."""
        found = []
        for product in itertools.islice(self._next, len(self.products)):
            variants = self._get(f"/products/{product['slug']}")["variants"]
            found += [variant["sku"] for variant in variants if variant["available"] > 0][:1]
            if len(found) == lines:
                return found
        raise Problem(f"There are not {lines} articles left in stock.")

    def _get(self, path: str):
        return self._call("GET", path, None)

    def _call(self, method: str, path: str, body: dict | None, headers: dict[str, str] | None = None):
        data = None if body is None else json.dumps(body).encode()
        told = {"Content-Type": "application/json", "Host": self._host, **(headers or {})}
        request = urllib.request.Request(self.api + path, data, told, method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Problem(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:300]}") from error
        except urllib.error.URLError as error:
            raise Problem(f"{method} {path}: {error.reason}") from error
