"""What ``doctor`` looks at, one small check each; nothing here changes anything on the machine."""
