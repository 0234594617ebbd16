"""Reporting a status in Teams: typed or pressed step by step, on a form, and taken back."""
