"""Use cases: the tasks that drive the pure core against the ports."""
