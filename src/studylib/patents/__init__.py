"""Questions of the canonical tables on patents: what is counted, shares, KETs, coverage, totals."""
