"""The follow-up's pages. No case is reachable from here."""
