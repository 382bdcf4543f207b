"""Index of the library's models: each lives in the file of its subject."""
