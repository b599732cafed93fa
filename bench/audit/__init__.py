"""Lighthouse on the pages that are read most, the Nu checker on every page of every role: `make audit`."""
