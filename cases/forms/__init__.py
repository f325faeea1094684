"""The shape of what people type: lengths, dates, required answers, and sentences that say what to do.

Forms check shape alone; policies decide, and the database guarantees. They import no models.
"""
