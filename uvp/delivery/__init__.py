"""Delivering what nobody asked for at that moment: digests, reminders and notices, once each.

``outbox`` decides, ``limits`` keeps the pace, ``engine`` does; who sends and who stores is handed in.
"""
