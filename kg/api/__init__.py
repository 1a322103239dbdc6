"""The use cases, one file each: what the command line, the server and Python users call."""
