"""Long runs by hand: `make soak`; their figures stand in docs/operations.md."""
