"""One kind of dirt each: symbols, dates, numbers, names, places; each spelling is read once."""
