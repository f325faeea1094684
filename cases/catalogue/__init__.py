"""Law as data: the shipped default of the dated catalogues. Pure; a migration writes it, then the rows are edited."""
