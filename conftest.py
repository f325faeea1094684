"""The test suite's root: the database plugin and the cast."""

pytest_plugins = ["tests.plugin_database", "tests.cast"]
