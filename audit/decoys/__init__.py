"""Decoys: who asks for one and who approves it, what is opened of them, and who is told."""
