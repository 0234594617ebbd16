"""The weekly digest: who gets it, and the outbox that delivers it."""

import sqlalchemy as sa
from alembic import op

from uvp.storage.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Subscriptions, the outbox with its attempts, the pace of tenants, and choices about reminders."""
    _create_subscriptions()
    _create_outbox()


def _create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("municipalities", sa.JSON(), nullable=False),
        sa.Column("weeks_ahead", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.String(), nullable=True),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("next_week", sa.String(), nullable=True),
        sa.Column("last_week", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("place", name="pk_subscription"),
    )
    op.create_index("ix_subscription_next_at", "subscription", ["next_at"])
    op.create_table(
        "reminder_choice",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("chosen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("person", "code", name="pk_reminder_choice"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("due", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_try", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=True),
        sa.Column("activity", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_item"),
        sa.UniqueConstraint("place", "kind", "slot", "part", name="uq_outbox_item_place_kind_slot_part"),
    )
    op.create_index("ix_outbox_item_state_next_try", "outbox_item", ["state", "next_try"])
    op.create_index("ix_outbox_item_notice", "outbox_item", ["notice"])
    op.create_table(
        "outbox_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_attempt"),
        sa.ForeignKeyConstraint(["item_id"], ["outbox_item.id"], name="fk_outbox_attempt_item_id", ondelete="CASCADE"),
    )
    op.create_index("ix_outbox_attempt_item_id", "outbox_attempt", ["item_id"])
    op.create_table(
        "tenant_pace",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("free_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_tenant_pace"),
    )
