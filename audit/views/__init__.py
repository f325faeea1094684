"""The pages of those who review the record, one file a noun."""
