"""Pure thought: timelines, versions, plans, money. Standard library only."""
