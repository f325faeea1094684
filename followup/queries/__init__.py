"""Reads what the follow-up holds. Reaches no case, opens nothing sealed and prints nothing that was not released."""
