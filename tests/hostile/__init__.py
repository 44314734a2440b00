"""Files made to hurt their reader, and files that mislead it."""
