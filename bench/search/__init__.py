"""Benchmarks of search beside SQLite FTS5 and tantivy over the same tokens, its freshness, and whether it survives being killed."""
