"""What becomes of the statements: one graph, checked and written."""
