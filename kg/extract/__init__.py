"""Papers in, records out. The only place for spaCy."""
