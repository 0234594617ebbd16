"""Schema migrations, written by hand and run at start (``uvp.storage.upgrade``)."""

HEAD = "0004"
"""The newest revision; kept here so that an up-to-date database is recognised without loading Alembic."""
