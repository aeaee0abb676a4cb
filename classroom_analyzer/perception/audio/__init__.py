"""What can be heard: voice activity, levels, sound modes and pitch; never words."""
