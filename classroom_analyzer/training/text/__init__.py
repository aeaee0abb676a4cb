"""Trains and judges the heads that read words."""
