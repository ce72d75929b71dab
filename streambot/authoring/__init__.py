"""YAML that people write: decoding, reading, checking, mending; the only importer of yaml."""
