"""The attacks of the tests at full size, against the site as `make serve` runs it."""
