"""The record of who did what to which case, and its review. Knows no case: it gets codes, sealed tokens and digests."""
