"""All benchmarks, one after another: `python -m benchmarks`, JSON on standard output."""

import json
import os
import platform
import sys

from benchmarks import (
    clips,
    compare,
    crowd,
    page,
    player,
    preview,
    sample_film,
    understanding,
    versions,
    viewers,
    web_memory,
)


def main() -> None:
    """Run them all and print one document."""
    document = {
        "machine": {
            "cores": os.cpu_count(),
            "load": os.getloadavg(),
            "python": platform.python_version(),
        },
        "recompose": sample_film.main(),
        "clip_list": clips.main(),
        "versions": versions.main(),
        "crowd": crowd.main(),
        "preview": preview.main(),
        "page": page.main(),
        "player": player.main(),
        "compare": compare.main(),
        "viewers": viewers.main(),
        "web_memory": web_memory.main(),
        "understanding": understanding.main(),
    }
    json.dump(document, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
