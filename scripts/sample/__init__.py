"""The sample project: a song, eight clips and their rows, all made by this code."""
