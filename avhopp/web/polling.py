"""What parts of pages that ask for news by themselves have in common; `X-Unattended` marks their requests."""

# htmx stops asking.
STOP_ASKING = 286
