"""The command line: options in, one call of `kg.api`, tables out."""
