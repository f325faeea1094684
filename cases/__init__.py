"""The programme: enquiries, people, cases, stages, notes, and who may see them."""
