"""The names of other packages, so that an import line is all that changes."""
