"""The figures of `recompose.py` as a table in Markdown and as a plot in SVG."""

from collections.abc import Iterable, Mapping, Sequence
from math import log10
from typing import Any, Final

PEERS: Final = {
    "full": ("one full encode, one graph", "#4269d0"),
    "documents": ("documents' path", "#efb118"),
    "moviepy": ("MoviePy", "#ff725c"),
}
"""Ways to the whole film: what they are called, and their colour."""
_WIDTH, _HEIGHT, _LEFT, _TOP, _SIDE = 760, 300, 60, 40, 300
_TITLE: Final = "CPU to change one clip: each way's cost as a multiple of ours"
_OPENING: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    ' font-family="system-ui, sans-serif" font-size="12">'
)
Row = Mapping[str, Any]


def estimated(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what was not measured, in proportion to the frames of the longest film that was."""
    for row in rows:
        for name in PEERS:
            same = [
                other
                for other in rows
                if other["transitions"] == row["transitions"]
                and "n" in other.get(name, {})
                and other["frames"] < row["frames"]
            ]
            if name not in row and same:
                base = max(same, key=lambda other: int(other["frames"]))
                share = row["frames"] / base["frames"]
                row[name] = {
                    "cpu_seconds": round(base[name]["cpu_seconds"] * share, 1),
                    "wall_seconds": round(base[name]["wall_seconds"] * share, 1),
                    "calculated_from_clips": base["clips"],
                }
    return list(rows)


def table(rows: Iterable[Row]) -> str:
    """Return the table; `~` marks what was calculated, (n) in how many rounds it ran."""
    head = (
        *("clips", "meet by", "ours: CPU s / wall s", "ours / floor"),
        *(f"{title} / ours (CPU)" for title, _ in PEERS.values()),
        *("concat -c copy: wall s", "splice + write: ms (/ cp: CPU, wall)"),
        "verified to playable: ms",
        *("memory above idle: MB", "largest encoder / full graph: MB", "noise"),
    )
    lines = [head, ("---",) * len(head), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cells(row: Row) -> tuple[str, ...]:
    ours, write, memory = row["ours"], row["write"], row["memory"]
    playable = f"{row['playable_ms']:.0f} ({row['playable_cold_ms']:.0f} with cold indexes)"
    return (
        str(row["clips"]),
        row["transitions"],
        f"{ours['cpu_seconds']:.2f} / {ours['wall_seconds']:.2f}",
        f"{ours['cpu_seconds'] / row['floor']['cpu_seconds']:.2f}",
        *(_ratio(row, name) for name in PEERS),
        f"{row['concat_copy']['wall_seconds']:.2f}",
        f"{write['splice_write_ms']:.0f} ({write['over_cp']:.2f}, {write['over_cp_wall']:.2f})",
        playable,
        f"{memory['most_above_idle_mb']:.0f} over {memory['edits']} edits",
        f"{memory['largest_encoder_mb']:.0f} / {row.get('full', {}).get('peak_mb', '-')}",
        f"{row['machine']['noise']:.2f}",
    )


def _ratio(row: Row, name: str) -> str:
    found = row.get(name)
    if found is None:
        return "-"
    times = f"{found['cpu_seconds'] / row['ours']['cpu_seconds']:.1f}"
    return f"{times} ({found['n']})" if "n" in found else f"~{times}"


def chart(rows: Sequence[Row]) -> str:
    """Return a plot: how much less ours costs than each peer, by the number of clips."""
    parts = [
        _OPENING,
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="18" font-weight="600">{_TITLE}</text>',
    ]
    kinds = [kind for kind in ("cuts", "crossfades") if any(r["transitions"] == kind for r in rows)]
    for place, kind in enumerate(kinds):
        mine = [row for row in rows if row["transitions"] == kind]
        left = _LEFT + place * (_SIDE + 50)
        parts += _panel(mine, kind, left, [row["clips"] for row in mine])
    for place, (title, colour) in enumerate(PEERS.values()):
        x = _LEFT + 210 * place
        parts.append(f'<circle cx="{x}" cy="{_HEIGHT - 12}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{x + 10}" y="{_HEIGHT - 8}">{title}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(rows: Sequence[Row], kind: str, left: int, lengths: Sequence[int]) -> list[str]:
    bottom = _HEIGHT - 60
    parts = [f'<text x="{left}" y="{_TOP}" fill="#555">{kind}</text>']
    for times in (1, 10, 100, 1000):
        y = _y(times, bottom)
        parts.append(f'<path d="M{left} {y:.1f}h{_SIDE}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{times}</text>')
    places = [
        left + 30 + at * (_SIDE - 60) / max(1, len(lengths) - 1) for at in range(len(lengths))
    ]
    for x, clips in zip(places, lengths, strict=True):
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{clips}</text>')
    for name, (_, colour) in PEERS.items():
        points = [
            (x, _y(row[name]["cpu_seconds"] / row["ours"]["cpu_seconds"], bottom), "n" in row[name])
            for x, row in zip(places, rows, strict=True)
            if name in row
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for x, y, is_measured in points:
            fill = colour if is_measured else "#fff"
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{colour}"/>'
            )
    parts.append(f'<text x="{left + _SIDE}" y="{bottom + 32}" text-anchor="end">clips</text>')
    return parts


def _y(times: float, bottom: int) -> float:
    return bottom - log10(max(1.0, times)) * (bottom - _TOP - 10) / 3
