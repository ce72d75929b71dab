"""The benchmarks still run and print what others read; no figure is judged here."""
