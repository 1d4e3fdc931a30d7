"""One module per export format, all with the same face: `read(path) -> RawPatents`."""
