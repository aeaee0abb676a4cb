"""Reads attendance files of Teams and Zoom: how many people, how long, which of them held the call."""
