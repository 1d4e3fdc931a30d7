"""Sentences on co-operation that has happened: joint patents, joint projects, who was in one."""

from studylib.language.counted import european_projects
from studylib.language.words import _, listing, ngettext, share_words
from studylib.network import Network, copatents, places
from studylib.network.worked_before import worked_before
from studylib.patents.dataset import Dataset
from studylib.report.prose import Prose, prose


def cooperation(study: Dataset, network: Network) -> Prose:
    """How many patents have parties on both sides, and what is not known."""
    table = copatents.joint_patents(study).set_index("role")
    if table.empty:
        return prose(
            _(
                "The export does not say where applicants and inventors are based, so joint patents "
                "cannot be seen."
            )
        )
    texts = {
        "applicant": _("Patents with applicants on different sides: {share}."),
        "inventor": _("Patents with inventors on different sides: {share}."),
    }
    said = [
        texts[str(role)].format(share=share_words(row["n"], row["base"], row["low"], row["high"]))
        for role, row in table.iterrows()
    ]
    n_projects = places.n_projects(study)
    return prose(
        *said,
        _(
            "This is the cooperation that patents have recorded; the tree shows what could be. "
            "Neither says anything about cooperation that is not patented."
        ),
        _(
            "Another part: {projects} (FP7, 2007–2013) with organisations of both territories; the page on "
            "border areas names them.",
            projects=european_projects(n_projects),
        )
        if n_projects
        else None,
        _worked_before(study, network),
    )


def _worked_before(study: Dataset, network: Network) -> str | None:
    """Which organisations of the list were in a joint project themselves."""
    worked = worked_before(study, network).drop_duplicates("cluster_id")
    if worked.empty:
        return None
    names = network.organisations.set_index("cluster_id")["name"]
    return ngettext(
        "{n} organisation of the list was in one itself, as its card says: {names}.",
        "{n} organisations of the list were in one themselves, as their cards say: {names}.",
        len(worked),
        names=listing(names[key] for key in worked["cluster_id"]),
    )
