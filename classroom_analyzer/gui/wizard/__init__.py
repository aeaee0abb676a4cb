"""The first-run wizard: seven short pages, one module each; rerun from the menu."""
