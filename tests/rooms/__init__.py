"""What a room of the product brings to the tests that ask every address of every host: one file a room.

A file here holds one `ROOM`; it is found by itself.
"""
