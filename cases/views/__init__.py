"""Pages. A view is its guard, the case through the gate, one query or action, and the answer.

What a page shows is put into words by `present`; nothing here fetches, decides or changes anything by itself.
"""
