"""The tools that make what ships: tables, weights, pages."""
