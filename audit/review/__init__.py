"""The monthly review of the record (SoLPuL 10 §): draw, rank, verdict, sign-off. Knows no case and shows none."""
