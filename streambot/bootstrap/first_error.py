"""Errors of several tasks at once: the first of them, since one sentence says more than a tree."""

from __future__ import annotations


def first_error(error: BaseException) -> BaseException:
    """The first error of a group of them; one sentence says more than a tree."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
