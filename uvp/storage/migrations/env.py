"""Runs the migrations on the connection that is handed in, inside its transaction."""

from alembic import context

from uvp.storage.columns import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter most things in place; a copy of the table can.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
