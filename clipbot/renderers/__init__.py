"""Who makes new footage."""
