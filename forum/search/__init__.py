"""Finding: an engine behind a port, fed by a queue."""
