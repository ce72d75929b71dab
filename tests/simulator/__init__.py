"""Tests of the simulator, with the websockets library's own client."""
