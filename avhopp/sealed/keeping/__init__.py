"""The keeper's work: new keys for old, values sealed anew, and keys destroyed for ever. Shows nothing to anybody.

It runs in a process of its own whose database role may change keys and sealed columns and nothing else. Every step is
a transaction that holds its own record, so that it can be killed at any moment and begun again.
"""
