"""The staff: accounts, roles, sign-in and the second factor. A staff account never holds a client's data."""
