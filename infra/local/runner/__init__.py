"""Runs the whole of Ironmonger on one machine: emulator, simulated suppliers, the deployed stack and its data."""
