"""What the benchmark of recomposing says of what it did not run."""

from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.report import chart, estimated, table


def row(clips: int, **peers: float) -> dict[str, Any]:
    return {
        "clips": clips,
        "transitions": "cuts",
        "frames": 96 * clips,
        "ours": {"cpu_seconds": 2.0, "wall_seconds": 1.5},
        "floor": {"cpu_seconds": 1.6},
        "concat_copy": {"wall_seconds": 0.5},
        "playable_ms": 40.0,
        "playable_cold_ms": 90.0,
        "write": {"splice_write_ms": 100.0, "over_cp": 1.5, "over_cp_wall": 1.5},
        "memory": {"most_above_idle_mb": 9.0, "edits": 6, "largest_encoder_mb": 120.0},
        "machine": {"noise": 1.1},
        **{
            name: {"cpu_seconds": cpu, "wall_seconds": cpu, "peak_mb": 300, "n": 3}
            for name, cpu in peers.items()
        },
    }


def test_what_was_not_run_is_calculated_from_the_longest_that_was_and_marked() -> None:
    rows = estimated([row(6, full=12, documents=20), row(30, full=50), row(60)])

    assert rows[2]["full"]["cpu_seconds"] == 100
    assert rows[2]["full"]["calculated_from_clips"] == 30
    assert rows[2]["documents"]["cpu_seconds"] == 200
    assert "moviepy" not in rows[2]
    first, _, last = table(rows).splitlines()[2:]
    assert "| 6.0 (3) | 10.0 (3) | - |" in first
    assert "| ~50.0 | ~100.0 | - |" in last


def test_what_was_calculated_is_hollow_in_the_plot() -> None:
    rows = estimated([row(6, full=12), row(30)])
    points = [
        each.get("fill")
        for each in ET.fromstring(chart(rows)).iter("{http://www.w3.org/2000/svg}circle")  # noqa: S314 - our own
        if each.get("stroke")
    ]
    assert points == ["#4269d0", "#fff"]
