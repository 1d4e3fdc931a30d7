"""
HTML from templates: what is shown is gathered as plain data first, then one template lays it out.

    title, rows, links  --fill("report/template/table.html.j2")-->  <figure>...</figure>

Templates lie beside the code that fills them, in the folders `template` of the rooms, and are
named from the package.  Everything put into one is escaped, except what is HTML by its own word
(`__html__`: a table inside a card).  A value the template names and nobody gives is an error.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from studylib.project import PACKAGE

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# Templates are laid out to be read; between their tags nothing stands in the page.
JOINTS = re.compile(r"(?<=[_/.@-])(?=\w)")  # of a long name without blanks
LONG = re.compile(r"\S{15,}")
BETWEEN_TAGS = re.compile(r"(?<=[>}])\s*\n\s*(?=[<{])")


def fill(template: str, **data: Any) -> str:
    """
    The template with the data in it, as HTML.

    >>> fill("files/template/link.html.j2", path="tables/a.csv", text="<A>")
    '<a hidden href="tables/a.csv">&lt;A&gt;</a>'
    """
    return _fragments().get_template(template).render(data)


def environment(loader: Any) -> "Environment":
    """How every template of the project is read: escaped, strict, statements leave no line."""
    import jinja2

    made = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["breakable"] = breakable
    made.filters["css_string"] = css_string
    return made


def breakable(text: object) -> "Markup":
    """
    The text, escaped, with places where names of files and codes may be broken.

    >>> breakable("<b> of ket_ec2012/rules.csv, e.g.")
    Markup('&lt;b&gt; of ket_<wbr>ec2012/<wbr>rules.<wbr>csv, e.g.')
    """
    from markupsafe import Markup, escape

    parted = LONG.sub(lambda word: JOINTS.sub("\0", word[0]), str(text).replace("\0", ""))
    return Markup("<wbr>").join(escape(part) for part in parted.split("\0"))


def css_string(text: object) -> "Markup":
    r"""
    The text as a string of a style sheet, every sign but letters and digits by its number.

    >>> css_string('a"</style>é')
    Markup('"a\\22 \\3c \\2f style\\3e \\e9 "')
    """
    from markupsafe import Markup

    signs = (c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in str(text))
    return Markup('"{}"').format("".join(signs))


@cache
def _fragments() -> "Environment":
    """The templates of pieces of a page, read once."""
    from jinja2 import FunctionLoader

    return environment(FunctionLoader(_source))


def _source(name: str) -> str:
    """A template as it is filled, without the lines it is laid out in."""
    return BETWEEN_TAGS.sub("", (PACKAGE / name).read_text(encoding="utf-8"))
