"""Forms of the pages: they read what was typed; the actions decide whether it may be."""
