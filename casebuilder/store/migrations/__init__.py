"""How the tables of a store came about, one step per change, forward only."""
