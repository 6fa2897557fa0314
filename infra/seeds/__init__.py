"""The demo network: sixty invented practices with three years of invented life. No person in it exists."""
