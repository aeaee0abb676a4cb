"""Trains a study's affect head; approved research only."""
