"""Telling people: notices on the site and e-mail."""
