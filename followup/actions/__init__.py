"""What is done in the follow-up. Each verb takes who and when, is one transaction and writes one leaf."""
