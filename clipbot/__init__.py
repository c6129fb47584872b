"""Edit a music video clip by clip, by talking to it."""

__version__ = "0.1.0"
