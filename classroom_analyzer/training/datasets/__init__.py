"""Labelled data of others as windows for training: clips, aligned features, lessons of this program, plain tables."""
