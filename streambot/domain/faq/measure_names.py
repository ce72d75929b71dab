"""The names of the measures, in the order of every list of them."""

from __future__ import annotations

#: Of a line and a phrasing, in the order of every list of them.
MEASURES = (
    "shared",  # what both tell, of what both tell together (Dice)
    "phrasing_covered",  # the share of the phrasing that the line has
    "line_covered",  # the share of the line that the phrasing has
    "entry_covered",  # the share of the line that any phrasing of the entry has
    "spelling",  # edit similarity with the entry's nearest phrasing
    "line_misses",  # the most telling thing of the line that the phrasing lacks
    "phrasing_misses",  # and the other way round
    "length",  # difference of the lengths
    "concepts",  # the share of the line's concepts that the entry has
    "concepts_shared",
    "concepts_missed",  # concepts of the line that the entry lacks
    "concepts_unasked",  # concepts of the phrasing that the line lacks
    "identical",
    "gist",  # cosine of the gists
    "gist_lead",  # how much nearer than the nearest phrasing of another entry
    "latin_gist",  # the same two for Latin lines, whose gists are coarser
    "latin_gist_lead",
    "gist_entry",  # cosine with the gist of all the entry's phrasings together
    "latin_gist_entry",
)
#: What an encoder adds to them.
ENCODED = (
    "cosine",  # the nearest phrasing of the entry, and its answer
    "cosine_above",  # in spreads above the mean of the book
    "cosine_lead",  # above the nearest phrasing of another entry
    "cosine_entry",  # the mean over the entry's phrasings that were compared
)
#: Of a line and the whole book.
LINE_MEASURES = (
    "line_length",
    "unknown",  # the share of what the line names that the book never heard of
    "latin",
    "asks",
    "line_concepts",
    "latin_known",
    "best_shared",
    "best_covered",
    "best_gist",
)
#: What an encoder adds to those.
LINE_ENCODED = ("top_cosine", "top_above", "mean_cosine")
