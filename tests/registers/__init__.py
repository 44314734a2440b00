"""The tests of the registers, a file a domain."""
