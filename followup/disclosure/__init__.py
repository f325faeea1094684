"""Figures that nobody can turn back into people: protection, attack and proof, in whole numbers.

Pure rules: no Django, no Celery, no clock. Whoever wants to know whether released figures keep their
promise needs this folder and the released files, nothing else. It must never see a case, a name or a date
finer than a period.
"""
