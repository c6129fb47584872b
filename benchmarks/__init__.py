"""What clipbot costs, measured beside what else could be done. Ratios, not seconds."""
