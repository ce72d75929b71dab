"""Runs the migrations on the connection that the store hands over; never by itself."""

from alembic import context

from streambot.adapters.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
