"""Verbs. Each asks the policy, changes, and records exactly one leaf, in one transaction; or raises."""
