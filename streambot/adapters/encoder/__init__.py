"""Sentence encoders: adapters behind ``ports.encoder``, each loaded only when it is opened."""
