"""The pages about accounts: signing in, one's own factors and sittings, and administration."""
