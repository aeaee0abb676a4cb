"""Reads chat files and growing chat files, drops private lines and replaces names with pseudonyms."""
