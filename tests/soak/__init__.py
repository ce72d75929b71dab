"""Runs where time itself is the test: `make soak`, a minute of it in `make proof`."""
