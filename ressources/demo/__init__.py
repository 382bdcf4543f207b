"""The demonstration of the library and its tools, all invented. Each subject has its file."""
