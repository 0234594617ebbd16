"""Tests; a package, so that its modules can share what stands in for Teams."""
