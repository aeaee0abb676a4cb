"""The lesson folder: written second by second, encrypted where it concerns single people, readable after a crash."""
