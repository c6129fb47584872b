"""The database's migrations, run by `clipbot.store.migrate`."""
