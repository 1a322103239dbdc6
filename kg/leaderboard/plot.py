"""Results over time with the running best, as SVG, PNG or a web page. Needs the extra `plot` (matplotlib)."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.errors import MissingExtraError, PlotError
from kg.leaderboard.model import Board, Lane, Result
from kg.leaderboard.records import running_best
from kg.model import plain_number

FORMATS = (".svg", ".png", ".html")
MAX_LANES = 6
_OWN, _BEST, _QUOTED = "#4c72b0", "#c44e52", "#8c8c8c"
_LABEL = 28
"""Most letters of a method's name beside its point."""


def save_plot(board: Board, path: Path) -> list[Lane]:
    """Write the plot; the ending of `path` says the format. Returns the lanes that were drawn.

    The same board gives the same bytes. Lanes are drawn that are ranked and have results of several dates; the
    first `MAX_LANES` of them, or one with a single result where there are none.
    """
    if path.suffix.lower() not in FORMATS:
        raise PlotError(f"{path}: write the plot to a file that ends in {', '.join(FORMATS)}")
    dated = [lane for lane in board.lanes if lane.bound == "exact" and running_best(lane)]
    lanes = [lane for lane in dated if _has_course(lane)][:MAX_LANES] or dated[:1]
    if not lanes:
        raise PlotError(f"{board.name} has no ranked result with a date; there is nothing to draw over time")
    drawing = _render(board, lanes, "png" if path.suffix.lower() == ".png" else "svg")
    path.write_bytes(_page(board, lanes, drawing) if path.suffix.lower() == ".html" else drawing)
    return lanes


def _has_course(lane: Lane) -> bool:
    return len({result.published for result in (*lane.own, *lane.quoted) if result.published}) > 1


def _render(board: Board, lanes: Sequence[Lane], form: str) -> bytes:
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise MissingExtraError("matplotlib", "plot") from exc
    # No date and fixed ids, so that the same board is the same file.
    # Names are no formulas: a dollar sign in one stays a dollar sign.
    settings: Any = {"svg.hashsalt": "kg", "svg.fonttype": "none", "font.size": 9, "text.parse_math": False}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(8, 2.9 * len(lanes) + 0.5), layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure, board, lanes)
        out = io.BytesIO()
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(out, format=form, dpi=150, metadata=metadata)
    return out.getvalue()


def _draw(figure: Any, board: Board, lanes: Sequence[Lane]) -> None:
    figure.suptitle(f"Results on {board.name} over time")
    axes = figure.subplots(len(lanes), 1, squeeze=False, sharex=True)[:, 0]
    for ax, lane in zip(axes, lanes, strict=True):
        _draw_lane(ax, lane)
    handles = {label: handle for ax in axes for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)}
    figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=3, frameon=False, fontsize=8)


def _draw_lane(ax: Any, lane: Lane) -> None:
    quoted = [result for result in lane.quoted if result.published]
    own = [result for result in lane.own if result.published]
    best = running_best(lane)
    last = max(day(result) for result in (*own, *quoted))
    _points(ax, lane, quoted, marker="o", facecolors="none", edgecolors=_QUOTED, label="quoted by others", s=26)
    _points(ax, lane, own, marker="o", color=_OWN, label="reported", s=26)
    steps = [*map(day, best), max(last, day(best[-1]) + timedelta(days=30))]
    levels = [result.worst(lane.higher) for result in best]
    ax.step(steps, [*levels, levels[-1]], where="post", color=_BEST, linewidth=1.4, label="best so far", zorder=1)
    for place, result in enumerate(best):
        up = lane.higher == (place % 2 == 0)
        ax.annotate(
            _short(result.method_name or result.title),
            (day(result), result.worst(lane.higher)),
            xytext=(4, 5 if up else -5),
            textcoords="offset points",
            va="bottom" if up else "top",
            fontsize=7,
        )
    ax.set_title(f"{lane.title} – {lane.better}", fontsize=9, loc="left")
    ax.margins(x=0.12, y=0.22)
    values = [r.value for r in (*own, *quoted)]
    _scale(ax, min(values))
    if lane.unit == "%" and lane.kind == "absolute" and max(values) <= 100:
        ax.set_ylim(top=min(ax.get_ylim()[1], 102))
    ax.grid(alpha=0.25)
    ax.spines[["top", "right"]].set_visible(False)


def _scale(ax: Any, least: float) -> None:
    """Dates that do not run into each other; no values below zero where there are none; 5 M instead of 5e6."""
    import matplotlib.dates
    import matplotlib.ticker

    dates: Any = matplotlib.dates
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    ax.tick_params(labelbottom=True)
    if least >= 0:
        ax.set_ylim(bottom=max(0.0, ax.get_ylim()[0]))
    if ax.get_ylim()[1] >= 100_000:
        ax.yaxis.set_major_formatter(matplotlib.ticker.EngFormatter())


def _points(ax: Any, lane: Lane, results: Sequence[Result], **style: Any) -> None:
    if results:
        ax.scatter([day(r) for r in results], [r.worst(lane.higher) for r in results], zorder=2, clip_on=False, **style)


def day(result: Result) -> date:
    """The day of a result; the middle of what is known where only the year or the month is."""
    text = result.published or ""
    if len(text) == 4:
        return date(int(text), 7, 1)
    return date(int(text[:4]), int(text[5:7]), int(text[8:10] or 15))


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;font-size:14px}"
    "td,th{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}"
)


def _page(board: Board, lanes: Sequence[Lane], svg: bytes) -> bytes:
    drawing = svg.decode()
    drawing = drawing[drawing.index("<svg") :]
    title = html.escape(f"Results on {board.name} over time")
    parts = [f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>{title}</title><style>{_STYLE}</style>"]
    parts += [f"<h1>{title}</h1>\n{drawing}", *map(_table, lanes), "</html>\n"]
    return "\n".join(parts).encode()


def _table(lane: Lane) -> str:
    head = "<tr><th>Rank<th>Value<th>Method<th>Paper<th>Published<th>Quote"
    lines = [f"<h2>{html.escape(f'{lane.title} – {lane.better}')}</h2>\n<table>{head}"]
    for result in (*lane.own, *lane.quoted):
        rank = "quoted" if result.quoted else f"{result.rank}{'=' if result.tied else ''}"
        cells = (rank, _number(result), result.method_name or "", result.title, result.published or "", result.quote)
        lines.append("<tr>" + "".join(f"<td>{html.escape(str(cell))}" for cell in cells))
    return "\n".join([*lines, "</table>"])


def _number(result: Result) -> str:
    high = "" if result.value_high is None else f"–{plain_number(result.value_high):g}"
    return f"{'≈ ' if result.approximate else ''}{plain_number(result.value):g}{high}"
