"""The year's report to the committee: what was reviewed and found, in numbers, without a client and without a name."""
