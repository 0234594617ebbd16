"""The database: typed models, migrations, and the store that makes values of rows.

``open_store`` in ``uvp.storage.engine`` opens it, ``uvp.storage.store.Store`` is what the rest of the program uses.
"""
