"""Puts rows into the words and shapes that the components of `templates/components` read. Pure but for opening what
the gate has admitted; fetches, decides and changes nothing."""
