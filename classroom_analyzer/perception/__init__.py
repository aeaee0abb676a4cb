"""What can be measured in pictures, sound and text, one package each."""
