"""Tests of what each domain declares and of its rules."""
