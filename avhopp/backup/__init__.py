"""Copies of the database and the documents, and the proof that a copy can be used. Ciphertext alone, and no key."""
