"""The database: rows stay in here, frozen records come out."""
