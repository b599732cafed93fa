"""Signing in by an outside provider (OpenID Connect), where the site has one: a regional portal, say."""
