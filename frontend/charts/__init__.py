"""Chart geometry: pure functions from figures to positions in percent, words and table rows.

Templates only place marks; nothing here reads a database or knows a request. All values are in display
units: percent points (58.0 is "58%"), scores, hours or counts. A single peer is never passed in.
"""
