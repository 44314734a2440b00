"""Tests of the registers: their guards, effects, formulas and thresholds."""
