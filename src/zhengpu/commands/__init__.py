"""The commands: each one library call and the text that tells its result."""
