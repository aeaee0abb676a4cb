"""The user's choices: where they are kept, what they default to, and how a policy is decided from them."""
