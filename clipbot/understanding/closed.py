"""Every word that the grammar knows, from all its books."""

from collections import Counter

from clipbot.understanding import acts, followups, measures, pieces, qualities, words
from clipbot.understanding.found import word_set
from clipbot.understanding.numbers import NUMBER_WORDS
from clipbot.understanding.object_verbs import OBJECT_VERBS
from clipbot.understanding.phrases import PhraseBook
from clipbot.understanding.vocabulary import DOWN, OPERATIONS, QUANTITIES, REMOVING, UP

_SEVERAL = 12
"""From so many phrases on a word is a usual one."""


def _words_in(*modules: object) -> frozenset[str]:
    """Return the words of all books and sets of words that some modules hold."""
    held: set[str] = set()
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, PhraseBook) and value is not OPERATIONS:
                held |= value.words
            elif isinstance(value, frozenset):
                held |= {word for each in value if isinstance(each, str) for word in each.split()}
    return frozenset(held)


_ALSO = word_set(
    """
    '''' already among answer anymore ate awfully begin beginning begins beyond came choice
    chosen clock closing comes complete containing couple current degrees differently directly
    earlier earliest else end ends ened evens everybody featuring few final finish following
    former forwards fps hear immediately inf ing initial ise ize latest latter lines longer
    lyric many mark medium mention mentions min mins minute moments newest num number numbered
    numbers o'clock oclock odd odds older oldest onward onwards option original originally
    originals others past penultimate percent phrase plays post pre preceding prechorus
    prechoruses pretty prior quarter quarters reference remainder remaining rest roughly runs
    sang saying says sec secs showing shows sing singer singing single sings slight someone
    starting starts such suggestion sung taller terribly thirds though thru turned unedited
    user we've whatever whichever word words year years mentioned heard wherever whenever
    everywhere anywhere exception exceptions excepted excluded exempt exempted aside outer outermost
    alternate alternating left remains happens precedes follows succeeds moves move moving prior
    during throughout amongst inside non notwithstanding however
    """
)
"""Words that only stand in the code of a reader."""

CORE = frozenset(
    {*OPERATIONS.words, *QUANTITIES.words, *words.SECTIONS, *words.CLIP_NOUNS}
    | {*NUMBER_WORDS, *measures.ADJECTIVES.words, *measures.SUPERLATIVES.words}
)
"""Words that name a wish or a clip."""
CLOSED = (
    CORE
    | _words_in(acts, followups, pieces, qualities, words)
    | _ALSO
    | frozenset({*UP.words, *DOWN.words, *REMOVING.words, *OBJECT_VERBS.words})
)
"""All of them."""


def _usual() -> frozenset[str]:
    """Return the words of the vocabulary that stand alone or in several phrases."""
    counts = Counter(word for phrase in OPERATIONS.phrases for word in set(phrase))
    alone = {phrase[0] for phrase in OPERATIONS.phrases if len(phrase) == 1}
    return frozenset(alone | {word for word, count in counts.items() if count >= _SEVERAL})


_ELSEWHERE = (
    QUANTITIES.words
    | words.SECTIONS.keys()
    | words.CLIP_NOUNS
    | NUMBER_WORDS
    | measures.ADJECTIVES.words
    | measures.SUPERLATIVES.words
    | _words_in(acts, followups, pieces, words)
    | _ALSO
    | UP.words
    | DOWN.words
    | OBJECT_VERBS.words
)
SPELT = _usual() | _ELSEWHERE
"""Words towards which slips are put right; a word of one long phrase is none of them."""
