"""Claims, their evidence, and the practice-outcome links they make."""
