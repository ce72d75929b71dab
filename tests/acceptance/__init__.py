"""The whole bot over real sockets, a real store and the shipped shop."""
