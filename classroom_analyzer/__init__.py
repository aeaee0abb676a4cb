"""Classroom Analyzer: observable participation in a lesson, measured on the teacher's own machine."""

__all__ = ["__version__"]

__version__ = "0.1.0"
