"""Bytes in, bytes out: how data is sealed and by which keys. Pure: knows neither Django nor the clock.

It must never print, log or pickle a key, never let a caller choose a nonce, and never say why something could
not be opened. Import from the module that owns the name; this package re-exports nothing.
"""
