"""Reports of one lesson: figures that say what they rest on, or why they are not there."""
