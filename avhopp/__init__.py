"""The foundation: keys, sealed fields, people, web guards, the database. Knows no case."""
