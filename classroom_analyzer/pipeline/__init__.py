"""One engine for live and recorded lessons: the lesson clock, windows, phases, totals and the drivers that feed it."""
