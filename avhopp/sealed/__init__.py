"""Django's side of encryption: fields that are sealed in the database and open only inside a `CryptoScope`."""
