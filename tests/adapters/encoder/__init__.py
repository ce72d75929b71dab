"""Tests of the sentence encoders' own ways, and what they are built from."""
