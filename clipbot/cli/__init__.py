"""The command line: `python -m clipbot`.

A command is a function from parsed arguments and doors to an answer; how the answer is
printed is one place (`output.py`), so every command has `--json`. Standard output carries
the answer, standard error everything else. Nothing heavy is imported before it is needed:
`plan` and `--help` answer at once.
"""
