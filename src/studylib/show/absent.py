"""What a study has no data for is left out: the sentence beside it says why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")


class Absent:
    """A table or figure of nothing: nothing is shown, and no file is kept."""

    def _repr_html_(self) -> str:
        return ""

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        return {"text/html": "", "text/plain": ""}


def left_out_when_empty(show: Callable[P, T]) -> Callable[P, T | Absent]:
    """The table or figure of a frame (the last argument); `Absent` where the frame has no row."""

    @wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> T | Absent:
        """What `show` shows of a frame with rows."""
        frame = args[-1]
        if isinstance(frame, pd.DataFrame) and frame.empty:
            return Absent()
        return show(*args, **kwargs)

    return shown
