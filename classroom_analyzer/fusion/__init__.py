"""Joins what was seen, heard and read into one estimate with its uncertainty; knows nothing of files being analysed."""
