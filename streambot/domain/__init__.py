"""What streambot decides: pure, synchronous, without clock, socket or log."""
