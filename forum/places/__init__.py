"""Regions and municipalities of the Federation: reference data."""
