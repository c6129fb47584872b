"""Who rewrites prompts: an offline writer, later a language model behind the same door."""
