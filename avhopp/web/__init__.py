"""What every page shares: guards, headers, error pages. Knows no case."""
