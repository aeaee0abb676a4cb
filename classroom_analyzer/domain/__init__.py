"""Values that the whole program speaks in: frozen, with units in their names; standard library and numpy only."""
