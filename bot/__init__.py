"""Everything Teams and HTTP: adapter, handler, cards, proactive delivery, settings."""
