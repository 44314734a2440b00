"""A snapshot into bytes, one module a format: pure functions, and the same snapshot gives the same bytes."""
