"""What a domain knows and a declaration cannot say: pure functions, one domain a file."""
