"""The rows of an upload, from where it is stored."""
