"""The lesson simulator, training of autoencoders and fusion, metrics and evaluation."""
