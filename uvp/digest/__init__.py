"""The weekly digest and the reminders: when they go out, to whom, what they say. Pure but for ``holiday_calendar``."""
