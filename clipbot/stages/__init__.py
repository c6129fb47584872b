"""What the pipeline stored: models of it, and a reader that copes with every shape."""
