"""PostgreSQL for the house: the embedded server, the two roles, and the guards the database itself holds.

The application signs in as a role that owns nothing, so that a fault in the application can never alter the
structure, switch off a trigger or empty a table. This package knows no case and must never log a value.
"""
