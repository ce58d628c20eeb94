"""`make costs`: what a visit and an order take, measured on the running local stack, and the bill that comes of it."""

from .run import run

__all__ = ["run"]
