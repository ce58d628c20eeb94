"""Tests of the runner; those of deployments have an emulator of their own."""
