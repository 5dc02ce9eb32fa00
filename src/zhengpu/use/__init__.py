"""What people do with the graph."""
