"""How well a score ranks what came true: area under the curve with its interval, precision."""

from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray[Any, np.dtype[Any]]
TAILS = (0.025, 0.975)


def drawn_again(region: Array, n: int, seed: int, draws: int) -> list[Array]:
    """How often each candidate stands in each draw of regions with return."""
    dice = np.random.default_rng(seed)
    return [
        np.bincount(dice.integers(n, size=n), minlength=n)[region].astype(float)
        for _draw in range(draws)
    ]


def quality(entered: Array, score: Array, weights: list[Array]) -> dict[str, float]:
    """AUC with its interval, and average precision."""
    from sklearn.metrics import average_precision_score

    order = np.argsort(score, kind="stable")
    drawn = [auc(entered[order], score[order], weight[order]) for weight in weights]
    low, high = np.quantile(drawn, TAILS) if drawn else (np.nan, np.nan)
    whole = auc(entered[order], score[order], np.ones(len(order)))
    precision = float(average_precision_score(entered, score))
    return {"auc": whole, "auc_low": low, "auc_high": high, "precision": precision}


def auc(entered: Array, score: Array, weight: Array) -> float:
    """Area under the curve of candidates sorted by score, ties by half; weighted."""
    new = np.append(True, score[1:] != score[:-1])
    group = new.cumsum() - 1
    yes = np.bincount(group, weight * entered)
    no = np.bincount(group, weight * ~entered)
    below = no.cumsum() - no / 2
    return float((yes * below).sum() / (yes.sum() * no.sum()))


def auc_within(entered: Array, score: Array, region: Array) -> float:
    """
    Area under the curve over pairs of candidates of one region; missing where there is no pair.

    Whatever is the same in all of a region, such as how much it holds, ranks nothing here.
    """
    table = pd.DataFrame({"region": region, "entered": entered.astype(bool), "score": score})
    table["rank"] = table.groupby("region")["score"].rank()
    of_all = table.groupby("region")["entered"].agg(["sum", "size"])
    ranks = table[table["entered"]].groupby("region")["rank"].sum()
    yes, no = of_all["sum"], of_all["size"] - of_all["sum"]
    right = ranks.reindex(of_all.index, fill_value=0.0) - yes * (yes + 1) / 2
    pairs = float((yes * no).sum())
    return float(right.sum()) / pairs if pairs else float("nan")
