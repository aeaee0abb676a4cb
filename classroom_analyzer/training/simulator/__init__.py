"""The lesson simulator: classes whose engagement is known, and the worlds they come from."""
