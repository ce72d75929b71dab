"""Order files as shops export them."""
