"""Where pictures, sound and chat come from: files, cameras, microphones, screen regions."""
