"""Charts: declared beside a register, counted in SQL, drawn with altair, each with its table and its file."""
