"""What those who review the record type in, one file a noun."""
