"""Tables from other systems, as CSV or Excel files: read, mapped, checked, imported and undone."""
