"""From a question to its answer: which actions are meant, what is shown beside them, and the words for it."""
