"""Who writes prompts and reads sentences: our own rules, or a language model behind one door."""
