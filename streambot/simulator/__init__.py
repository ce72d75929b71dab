"""A real local room server speaking the room protocol: scripted crowds, logs, faults on demand."""
