"""What happened, told to whoever needs to know: written with the change itself, delivered after it, never lost.

An event is a row in the practice's schema, written in the transaction of the change (`publish`). When that commits, a
job delivers it to its `consumers`; what a crash left behind is found by a sweep. Delivered at least once, and in order
for each record.
"""
