"""Words with which a mention of clips can begin."""

from clipbot.understanding import measures, words
from clipbot.understanding.found import word_set
from clipbot.understanding.numbers import NUMBER_WORDS

STARTS = (
    NUMBER_WORDS
    | words.CLIP_NOUNS
    | words.PLACE_NOUNS
    | words.SECTIONS.keys()
    | words.EXCLUSIONS.words
    | measures.ADJECTIVES.words
    | measures.SUPERLATIVES.words
    | word_set(
        """
        the that this these those them they across globally overall neighbours neighbors either
        front back latter former right upto wall top all every each both any only just everything
        everywhere throughout whole entire full complete rest remainder other others remaining my
        selected here first last final closing opening next following previous preceding prior
        penultimate even odd evens odds middle pre post prechorus prechoruses number numbers no nr
        num between from up at after before until till around by about near past beyond since
        some a few several most anything whatever whichever what which where when one ones
        second third half time times
        sing sings sang singing on in lines lyric lyrics start beginning end very minute seconds
        wherever anywhere elsewhere everybody really overly too so outer outermost alternate
        alternating
        starting beginning during since nothing nobody whenever
        """
    )
)
