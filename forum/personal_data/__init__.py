"""What the law gives people over their data (152-FZ): a copy to take away, and erasure that keeps discussions readable."""
