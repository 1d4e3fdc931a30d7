"""Exchange documents of the European Patent Office: OPS answers in JSON and XML, DOCDB files."""
