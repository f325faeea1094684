"""The invented municipality and the processes that serve it on one machine.

Interface level: it may call the verbs of `cases`, `followup` and `avhopp.accounts`, and only `config` may import it
(docs/adr/0002-the-demo-stands-outside.md). It must never meet a database that is not its own, and nothing in it may
resemble a person who exists.
"""
