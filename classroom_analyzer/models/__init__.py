"""Model store: what is bundled, what can be installed, what each file must hash to, and under which licence."""
