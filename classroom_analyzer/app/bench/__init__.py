"""How fast each stage is on this machine, beside the bare time of its networks; every figure from a run just made."""
