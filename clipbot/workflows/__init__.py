"""The durable side: regenerations that survive crashes, one at a time per job.

A regeneration is a DBOS workflow of seven steps, each one idempotent method of the
services. DBOS writes down which steps are done; what they did is in our own tables,
which alone are the truth. `dbos` is imported nowhere else.
"""
