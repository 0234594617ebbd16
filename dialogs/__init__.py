"""Conversations of several turns over the domain."""
