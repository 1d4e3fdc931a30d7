"""
The contract of each canonical table: what one row is, its columns, its key, in which order.

`CONTRACTS` is the codebook: readers of a CSV find the same words beside the table.  These are
lists to be read, one module for each kind of table; what is done with them is in `tables`.
"""

from studylib.tables.contract import Contract
from studylib.tables.contracts.answers import OF_ANSWERS
from studylib.tables.contracts.files import OF_FILES
from studylib.tables.contracts.organisations import OF_ORGANISATIONS
from studylib.tables.contracts.patents import OF_PATENTS

CONTRACTS: dict[str, Contract] = {
    contract.name: contract for contract in (*OF_PATENTS, *OF_ANSWERS, *OF_FILES, *OF_ORGANISATIONS)
}
