"""The domain: the plan, periods, questions, answers, updates, digests, import and storage.

Nothing in here knows about Teams, HTTP or dialogs; ``tests/test_architecture.py`` holds that.
"""
