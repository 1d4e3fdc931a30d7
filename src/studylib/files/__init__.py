"""Bytes in and out: text, encodings, sheets, archives, folders; whole writes; CSV that is safe."""
