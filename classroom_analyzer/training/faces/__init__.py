"""Judges faces found, seats kept and head directions."""
