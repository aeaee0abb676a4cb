"""Fits the class line to one class from blind marks, under the local gate."""
