"""Everything that talks to the world, each behind a port."""
