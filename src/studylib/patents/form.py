"""
The form of `sl.controls`: a field for each key of the study file that can be tried.

    from the keys          | Period, first year  [2000]   |   what is wrong, in words
    of the study model     | Counted             [family] |   figures and pages that change
                           | Territories         [...]    |   parameters cell; [Write notebook]

Without ipywidgets, or without a notebook, there is no form and the plain table stands.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from studylib.errors import StudyError
from studylib.files.template import fill
from studylib.language import languages
from studylib.language.words import _, language_name, ngettext
from studylib.patents.possible import possible
from studylib.project import PROJECT
from studylib.study import settings

if TYPE_CHECKING:
    from studylib.patents.controls import Controls

NOTEBOOKS = PROJECT / "notebooks"
VIEW = "application/vnd.jupyter.widget-view+json"


def shown(controls: "Controls") -> dict[str, Any]:
    """The form as Jupyter displays it; nothing where there are no widgets."""
    try:
        form = Form(controls)
    except ImportError:
        return {}
    return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": form.box.model_id}}


def names() -> dict[str, str]:
    """What the keys are called; a key that is not here is called by its own name."""
    return {
        "first_year": _("First year"),
        "last_year": _("Last year"),
        "date": _("Years by date of"),
        "unit": _("Counted"),
        "located_by": _("Located by"),
        "weights": _("Counting"),
        "kinds": _("Kinds of document"),
        "scheme": _("Technologies by"),
        "match": _("Subgroups matched"),
        "territories": _("Territories"),
    }


class Form:
    """The widgets of a form and what they do to the choices they show."""

    def __init__(self, controls: "Controls") -> None:
        import ipywidgets as w

        self.controls = controls
        self.fields = {name: self._field(name) for name in settings.KEYS}
        self.language = w.Dropdown(
            options=[(language_name(code), code) for code in languages()],
            value=controls.language, description=_("Language"), **_wide(),
        )  # fmt: skip
        self.said = w.HTML()
        self.cell = w.Textarea(description=_("Cell"), rows=8, **_wide("72em"))
        pages = [path.name for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))]
        self.page = w.Dropdown(options=pages, description=_("Notebook"), **_wide())
        self.button = w.Button(description=_("Write notebook"))
        self.done = w.HTML()
        for field in (*self.fields.values(), self.language):
            field.observe(self._take, names="value")
        self.button.on_click(self._write)
        self._tell()
        self.box = w.VBox([
            *self.fields.values(), self.language, self.said, self.cell,
            w.HBox([self.page, self.button]), self.done,
        ])  # fmt: skip

    def _field(self, name: str) -> Any:
        """The field of a key: years, words to choose from, territories, or a text."""
        import ipywidgets as w

        own, value = self.controls.definition, settings.said(self.controls.study, name)
        called = {"description": names().get(name, name), **_wide()}
        if isinstance(value, int):
            return w.IntText(value=value, **called)
        can_be = possible(own, name)
        if isinstance(value, list):
            return w.SelectMultiple(options=can_be, value=value, rows=len(can_be), **called)
        as_said = settings.said(own, name) or _("as the library ships it")
        usual = (_("as in the study file: {value}").format(value=as_said), "")
        if can_be:
            chosen = value if name in self.controls.chosen else ""
            return w.Dropdown(options=[usual, *((word, word) for word in can_be)],
                              value=chosen, **called)  # fmt: skip
        return w.Text(value=str(value or ""), **called)

    def _take(self, _change: object) -> None:
        """Check what the fields hold; where it is wrong, nothing of it can be used."""
        told = {
            name: list(field.value) if isinstance(field.value, tuple) else field.value
            for name, field in self.fields.items()
        }
        self.controls.mistake = "" if told[settings.TERRITORIES] else _("No territory is chosen.")
        try:
            self.controls.choose(self.language.value, **told)
        except StudyError as error:
            self.controls.mistake = str(error)
        self._tell()

    def _tell(self) -> None:
        """What is wrong, or which figures change, and the cell."""
        controls = self.controls
        self.button.disabled = bool(controls.mistake)
        self.done.value = ""
        if controls.mistake:
            self.said.value = _html(mistake=controls.mistake)
            self.cell.value = ""
            return
        self.said.value = changes_in_words(controls)
        self.cell.value = controls.cell

    def _write(self, _button: object) -> None:
        """Write the notebook that was chosen with the choices in it."""
        try:
            path = self.controls.write(NOTEBOOKS / self.page.value)
        except StudyError as error:
            self.done.value = _html(mistake=str(error))
            return
        self.done.value = _html(_("Written: {path}").format(path=path.as_posix()))


def changes_in_words(controls: "Controls") -> str:
    """Which figures the choices can change, page by page, as HTML."""
    if not controls.chosen:
        return _html(_("As in the study file."))
    lines, pages = [], []
    if controls.needs_build:
        told = _("This needs a preparation of its own: write it, then run {command}.")
        lines.append(told.format(command="studylib build explored.toml"))
    for page, found in controls.changes.groupby("page", sort=False):
        n = ngettext(
            "{n} figure or table can change", "{n} figures and tables can change", len(found)
        )
        pages.append((page, f"{n} ({'; '.join(found['section'].drop_duplicates())})"))
    if not pages:
        lines.append(_("No figure changes."))
    return _html(*lines, pages=pages)


def _html(*lines: str, mistake: str = "", pages: Sequence[tuple[Any, str]] = ()) -> str:
    """What the form says, laid out."""
    return fill("patents/template/form.html.j2", lines=lines, mistake=mistake, pages=pages)


def _wide(width: str = "36em") -> dict[str, Any]:
    """A field wide enough for its name and its value."""
    return {"layout": {"width": width}, "style": {"description_width": "11em"}}
