"""Everything the first two pages say and show, and the scenarios it must hold for."""

from small_studies import COUNTING, FRANCE, PERIOD, REFERENCE, SOURCES, SPAIN

import studylib as sl


def record(n, ipc, country, **changes):
    """An application of a country, in the n-th year of the window."""
    return {
        "application_number": f"EP011000{n:02}", "filing_date": f"{2000 + n}-03-01",
        "publication_date": f"{2001 + n}-09-01", "title": "A lamp", "ipc": ipc,
        "priorities": [(f"P2000{n:05}", country, "2000-01-01")],
        "applicants": [("Lampes SA", country), ("Ana Uno", country)],
        "inventors": [("Ana Uno", country)], **changes,
    }  # fmt: skip


RECORDS = (
    record(0, ["H01L 31/042", "B82Y 30/00"], "ES"),
    record(1, ["A21D"], "FR"),
    record(2, [], "ES"),
    record(3, ["G02B 6/00", "G06F 17/30"], "FR"),
    record(4, ["C12N 15/09"], "ES"),
)
APART = [
    record(
        n % 5, ["G02B 6/00"] if country == "ES" else ["A21D"], country,
        application_number=f"EP022000{n:02}",
        priorities=[(f"P3{n:05}", country, "2000-01-01")],
    )
    for n, country in enumerate(["ES"] * 20 + ["FR"] * 20)
]  # fmt: skip
"""Twenty families a side: all of Spain in photonics, none of France."""
PORTUGAL = '[[territories]]\nname = "Portugal"\ncountry = "PT"\n'
REGION = '[[territories]]\nname = "Alsace"\nnuts = ["FR42"]\n'
USUAL = (PERIOD, COUNTING, SPAIN, FRANCE, REFERENCE, SOURCES)
PUBLICATION = (PERIOD + 'date = "publication"\n', COUNTING, SPAIN, FRANCE, SOURCES)
SCENARIOS = {
    "usual": (RECORDS, USUAL, {}),
    "no reference": (RECORDS, (), {}),
    "nothing": ((), (), {}),
    "nothing, reference": ((), USUAL, {}),
    "one territory": (RECORDS, (PERIOD, COUNTING, SPAIN, SOURCES), {}),
    "one territory, reference": (RECORDS, (PERIOD, COUNTING, SPAIN, REFERENCE, SOURCES), {}),
    "a difference": (APART, (), {}),
    "three territories": (
        RECORDS,
        (PERIOD, COUNTING, SPAIN, FRANCE, PORTUGAL, REFERENCE, SOURCES),
        {},
    ),
    "one year": (RECORDS, (), {"first_year": 2001, "last_year": 2001}),
    "no KET": ([{**r, "ipc": ["A21D"]} for r in RECORDS], (), {}),
    "no IPC": ([{**r, "ipc": []} for r in RECORDS], (), {}),
    "fractional": (RECORDS, USUAL, {"weights": "fractional"}),
    "office": (RECORDS, (), {"located_by": "office"}),
    "applicant": (RECORDS, (), {"located_by": "applicant"}),
    "inventor": (RECORDS, (), {"located_by": "inventor", "unit": "application"}),
    "publication": (RECORDS, PUBLICATION, {}),
    "nowhere": ([{**r, "inventors": ["Ana Uno"]} for r in RECORDS], (), {"located_by": "inventor"}),
    "no region": (RECORDS, (PERIOD, REGION, SPAIN, SOURCES), {}),
}


def shown(s):
    """Every table and figure of the two pages, by name."""
    show = sl.show
    return {
        "sources": show.sources(s),
        "funnel": show.funnel(s, s.funnel),
        "rejects": show.rejects(s, sl.rejects_by_reason(s)),
        "coverage": show.coverage(s, sl.coverage_by_year(s)),
        "completeness": show.completeness(s, sl.completeness(s)),
        "ipc_depth": show.ipc_depth(s, sl.ipc_depth(s)),
        "timeline": show.timeline(s, sl.timeline(s)),
        "classified": show.classified(s, sl.classified(s)),
        "sectors": show.sectors(s, sl.sector_shares(s)),
        "fields": show.fields(s, sl.field_shares(s)),
        "kets": show.kets(s, sl.ket_shares(s)),
        "ket_table": show.ket_table(s, sl.ket_shares(s)),
        "differences": show.differences(s, sl.ket_differences(s)),
        "sector_differences": show.differences(s, sl.sector_differences(s)),
        "field_differences": show.differences(s, sl.field_differences(s)),
        "overlap": show.overlap(s, sl.overlap(s)),
        "applicants": show.applicants(s, sl.by_applicant_kind(s)),
        "by_counting": show.by_counting(s, sl.sensitivity_to_counting(s)),
        "by_scheme": show.by_scheme(s, sl.sensitivity_to_scheme(s)),
        "published_totals": show.published_totals(s, sl.published_totals(s)),
    }


def said(s):
    """Every text of the two pages, by name."""
    data, patents, kets = sl.say.data, sl.say.patents, sl.say.kets
    texts = {
        "data.headline": data.headline(s),
        "data.rejects": data.rejects(s),
        "data.completeness": sl.say.data_limits.completeness(s),
        "data.blind_spots": sl.say.data_limits.blind_spots(s),
        "data.ipc_depth": sl.say.data_limits.ipc_depth(s),
        "data.families": sl.say.data_limits.families(s),
        "headline": patents.headline(s),
        "counting": patents.counting(s),
        "truncation": patents.truncation(s),
        "scheme": kets.scheme(s),
        "kets": kets.differences(s, sl.ket_differences(s)),
        "technologies": sl.say.technologies.sides(
            s, sl.sector_differences(s), sl.field_differences(s)
        ),
        "overlap": sl.say.kets_together.overlap(s),
        "robustness": patents.robustness(s),
        "published_context": patents.published_context(s, sl.published_totals(s)),
    }
    return {name: str(text) for name, text in texts.items()}
