"""The test suite's root: the database, the store of documents, and the cast."""

pytest_plugins = ["tests.plugin_database", "tests.plugin_store", "tests.cast"]
