"""What a broadcast came to: figures and files for people."""
