"""Charts: figures, drawings, boards."""
