"""What can be read in the chat: rates, questions, calls for help."""
