"""The agreement and its anonymised figures.

What leaves this room is counts that nobody can turn back into people. It must never reach a person:
cases are seen only as coded facts, and figures leave only through the disclosure engine.
"""
