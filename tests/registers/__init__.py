"""Tests of the registers: the whole catalogue, and the rules of each domain."""
