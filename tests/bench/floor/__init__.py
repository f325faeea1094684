"""The floor: the same work in plain Django, without encryption, permissions, record or history."""
