"""Spans that may be names, by cheap patterns: runs of words between function words and signs, and all parts of a run.

No parts of speech: a list of function words and of the verbs that papers are written with cuts a sentence into runs;
a hyphen, a slash, an apostrophe, and "of", "for" or "to" between two words stay within one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.entities.words import BREAK

LONGEST = 6
"""Words of the longest candidate."""
_JOINTS = frozenset(
    ("-", "/", "in", "and", "with", "on", "'", "’", "&", "+", "of", "for", "to", "*", "@", "s", "'s", "’s")
)
_CUTS = frozenset(
    """a an the this that these those there here it its we our us i they them their he she you your one each every any all
    some both either neither no not nor and or but if then than as at by from in into on onto out over through to under
    up with within without between among across against during before after about above below per via of for off upon
    is are was were be been being am do does did done has have had having can could may might must shall should will
    would which who whom whose what when where why how while whereas because since although though however thus hence
    therefore moreover furthermore also only just even still yet such so too very more most less least much many few
    several other another same own first second finally further often usually typically especially particularly
    recently currently significantly effectively efficiently directly simply respectively namely like unlike
    propose proposes proposed present presents presented introduce introduces introduced show shows showed shown
    demonstrate demonstrates demonstrated use uses used using achieve achieves achieved achieving outperform outperforms
    outperforming improve improves improved improving reduce reduces reduced reducing enable enables enabling allow
    allows provide provides provided providing develop develops developed study studies studied investigate explore
    explores apply applied applying compare compared comparing evaluate evaluated evaluating leverage leverages
    leveraging address addresses addressing obtain obtains obtained obtaining require requires required requiring
    consider considers considered find finds found make makes made making take takes taking given give gives based
    include includes including extend extends extending employ employs employed train trained combine combines
    combining call called named dubbed termed known well experiments results paper work existing previous prior recent
    novel new state-of-the-art various different extensive""".split()
)


OUT, INSIDE, END = range(3)


def candidate_words(words: Sequence[str], squashed: Sequence[tuple[str, bool]]) -> list[tuple[int, int]]:
    """First and last word (included) of each candidate, in order."""
    kinds = [_kind(word.lower(), full) for word, (full, _) in zip(words, squashed, strict=True)]
    for place, word in enumerate(words):
        if word == "-" and 0 < place < len(words) - 1:  # what a hyphen ties to another is no function word
            for beside in (place - 1, place + 1):
                full, _ = squashed[beside]
                kinds[beside] = END if full and full != BREAK else kinds[beside]
    spans: list[tuple[int, int]] = []
    for first, kind in enumerate(kinds):
        if kind != END:
            continue
        for last in range(first, min(first + LONGEST, len(words))):
            if kinds[last] == OUT:
                break
            if kinds[last] == END:
                spans.append((first, last))
    return spans


def _kind(word: str, folded: str) -> int:
    """Whether a name may begin and end with a word (in small letters), only hold it, or neither."""
    if word in _JOINTS:
        return INSIDE
    if folded == BREAK or word in _CUTS:
        return OUT
    return END if folded else INSIDE
