"""Result lists of search sites, one record per row: Lens, Espacenet, PATENTSCOPE."""
