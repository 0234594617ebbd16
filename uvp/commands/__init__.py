"""The commands of the command line, but for the server; ``app.py`` builds what they work with."""
