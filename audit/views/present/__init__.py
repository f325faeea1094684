"""Puts what the queries know of the log and its reviews into the shapes that templates read. Decides and changes
nothing; opens only what the gate has admitted."""
