"""How long it takes to understand a sentence, in process: `python -m benchmarks.understanding`.

The sentences are the regression set of the unit tests, each understood several times; the
long text is two thousand characters of wishes. Times are of this process alone, so that a
busy machine does not show.
"""

import json
import sys
import time
from statistics import median, quantiles

from clipbot.understanding import Context, understand
from tests.unit.understanding import sentences
from tests.unit.understanding.videos import MEASURED

_REPEATS = 5
_LONG = ("clip 3 a bit darker but keep her face, " * 60)[:2000]


def main() -> dict[str, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    tables = (table for table in vars(sentences).values() if isinstance(table, dict))
    texts = [text for table in tables for text in table if isinstance(text, str)]
    context = Context(MEASURED.clips, (3,))
    understand(texts[0], context)
    taken = [_milliseconds(text, context) for _ in range(_REPEATS) for text in texts]
    return {
        "sentences": len(texts),
        "p50_ms": round(median(taken), 3),
        "p95_ms": round(quantiles(taken, n=20)[-1], 3),
        "long_text_ms": round(_milliseconds(_LONG, context), 3),
    }


def _milliseconds(text: str, context: Context) -> float:
    begun = time.process_time()
    understand(text, context)
    return 1000 * (time.process_time() - begun)


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
    sys.stdout.write("\n")
