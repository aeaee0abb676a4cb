"""A long live run that is measured: ``make soak``, and a minute of it among the tests."""
