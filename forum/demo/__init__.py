"""The demonstration and volumes for benchmarks."""
