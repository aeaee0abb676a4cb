"""Trains, calibrates and judges fusion bundles."""
