"""Nouns. Each query starts from the gate (`cases.access`) and gives what one page needs."""
