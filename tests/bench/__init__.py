"""What security costs: our pages and acts beside the same work in plain Django, as ratios of one run (`make bench`).

Times are never asserted in the ordinary tests; those count statements (tests/contracts/test_query_budgets.py).
"""
