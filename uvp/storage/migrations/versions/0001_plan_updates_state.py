"""The plan, what is recorded about it, and the state of conversations."""

import sqlalchemy as sa
from alembic import op

from uvp.storage.columns import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All tables of the first version."""
    _create_plan()
    _create_updates()
    _create_people()
    _create_state()


def _create_plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("municipalities", sa.JSON(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("revised", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.UniqueConstraint("slug", name="uq_plan_slug"),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("holders", sa.JSON(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_theme"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_theme_plan_id", ondelete="CASCADE"),
        sa.UniqueConstraint("plan_id", "code", name="uq_theme_plan_id_code"),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("when_text", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("recurrences", sa.JSON(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("excepts", sa.JSON(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("depends_on", sa.String(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_action_plan_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name="fk_action_theme_id", ondelete="CASCADE"),
        sa.UniqueConstraint("plan_id", "code", name="uq_action_plan_id_code"),
    )
    op.create_index("ix_action_theme_id", "action", ["theme_id"])


def _create_updates() -> None:
    op.create_table(
        "status_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("expected", sa.Date(), nullable=True),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_status_update"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_status_update_plan_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_status_update_action_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undoes"], ["status_update.id"], name="fk_status_update_undoes", ondelete="CASCADE"),
        sa.UniqueConstraint("plan_id", "key", name="uq_status_update_plan_id_key"),
        sa.UniqueConstraint("undoes", name="uq_status_update_undoes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_status_update_plan_id_id", "status_update", ["plan_id", "id"])
    op.create_index("ix_status_update_action_id", "status_update", ["action_id"])


def _create_people() -> None:
    for table, parent in (("theme_official", "theme"), ("action_owner", "action")):
        op.create_table(
            table,
            sa.Column(f"{parent}_id", sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("name", sa.String(), nullable=False),
            sa.Column("person_id", sa.String(), nullable=True),
            sa.PrimaryKeyConstraint(f"{parent}_id", "position", name=f"pk_{table}"),
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=f"fk_{table}_{parent}_id", ondelete="CASCADE"
            ),
        )
    op.create_table(
        "action_communication",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("action_id", name="pk_action_communication"),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name="fk_action_communication_action_id", ondelete="CASCADE"
        ),
    )


def _create_state() -> None:
    op.create_table(
        "conversation_state",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversation_state"),
    )
    op.create_table(
        "inbound_activity",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbound_activity"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversation_reference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversation_reference"),
    )
