"""Shows that the log is whole, or names the first entry that is not and what is wrong with it."""
