"""Who is asking: turns the headers and cookies of a request into a user."""
