"""Connectors: one folder a platform, codec (pure) beside client (I/O); none imports another."""
