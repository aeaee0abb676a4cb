"""The command line: parses arguments, shows progress on stderr, prints results on stdout."""
