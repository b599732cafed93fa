"""Roles and reference data."""
