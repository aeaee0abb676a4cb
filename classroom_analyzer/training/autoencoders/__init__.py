"""Trains one autoencoder per modality, and the reference preset on digits."""
