"""Tests of the registers: rules as the requirement says them, and a few ways through the door."""
