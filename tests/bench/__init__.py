"""How long the pages take on the invented municipality. Prints; asserts nothing."""
