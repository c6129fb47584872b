"""Verbs that stand in front of a thing in the picture: add, remove, change."""

from clipbot.domain.plan import Kind
from clipbot.understanding.phrases import PhraseBook

_VERBS: dict[Kind, str] = {
    Kind.ADD: """
        print, stencil, engrave, embroider, stitch,
        double the, triple the, multiply the, add, insert,
        include, introduce, write, draw, bring back a, throw in, show, have a, have
        some, put up, hang, sprinkle, surround her with, fill it with, fill the, put, place, bring
        in, there should be, with a, with an, with some, could use a, could use an, could use
        some, could do with a, could do with an, could do with some, could use, could do with,
        there ought to be, there must be, there could be, there needs to be, there has to be,
        there need to be, there would be, ought to have a, must have a, should have a, should have
        an, should have some, should get a, like to see a, like to see some, like to see an, want
        to see a, want to see an, want to see some, love to see a, would like a, would like an,
        we'd like a, deserves a, wants a, wants an, wants some, give me a, give me some, give us
        a, stick a, stick an, stick some, stick in, pop a, pop an, pop in, pop some, chuck in,
        chuck a, throw a, drop a, drop an, drop in, drop some, work in, slip in, slip a, scatter,
        park a, plant a, sneak in, sneak a, squeeze in, let there be, toss in, cries out for,
        calls for a, begs for a, i'd love a, i'd like a, would benefit from a, want a, want an,
        want some, need a, needs a, needs an, needs some
        """,
    Kind.REMOVE: """
        remove, delete, erase, get rid of, take out, take away, take off, lose, eliminate, cut
        out, clear away, edit out, paint out, airbrush, crop out, wipe, wipe out, scrub, take,
        get, kill, ditch, nix, bin, dump, scrap, do away with, banish, drop, chuck out, throw out,
        rub out, zap, don't want the, don't want any, don't want to see, do not want the, do not
        want any, hate the, can't stand the, no more, dont want the, lose all, clear out, clear
        off, boot out, mask out, clear everything off, clear everything from, clear everything
        out of,
        clear all the, clear it all off, sweep everything off, strip everything off, sweep
        """,
    Kind.SUBJECT: """
        swap out, switch out, change out, clean up, tidy, tidy up, restyle, redesign, polish, wash,
        change, replace, swap, turn, transform, make, paint, give, let, dress, render, recolour,
        recolor, exchange, trade, substitute, switch, clip, cut, trim, light up, light, dye,
        colour, color, tint, hide, rotate, move, reshape, shave, straighten, enlarge, shrink,
        have, darken, brighten, lighten, sharpen, blur, soften, saturate, desaturate, warm up,
        cool down, speed up, slow down, open, close, shut, tie, untie, fold, age, resize, double the
        size of, halve the size of, braid, comb, inflate, stretch,
        smooth, fix, clean, repair, thicken, lengthen, shorten, raise, lower, whiten, thin out, thin
        """,
}
_WANTING = (
    "deserve, deserves, want, wants, need, needs, could use, could do with, can use, would benefit"
    " from, calls for, call for, begs for, beg for, cries out for, cry out for, is crying out for,"
    " are crying out for, lacks, lack, is missing, are missing, misses, should get, should have,"
    " gets, get, ought to have, ought to get, must have, shall have, shall get, i'd love,"
    " i'd like, let's have, would look good with, would look better with, would be better with"
)
_SOME = "a, an, some, a few, a couple of, several, a pair of, a bit of, a handful of, lots of"
_WANTED = {
    f"{' '.join(verb.split())} {some.strip()}": Kind.ADD
    for verb in _WANTING.split(",")
    for some in _SOME.split(",")
}
OBJECT_VERBS = PhraseBook(
    _WANTED
    | {" ".join(verb.split()): kind for kind, verbs in _VERBS.items() for verb in verbs.split(",")}
)
"""What they do to the thing behind them."""
