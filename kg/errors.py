"""Every error that `kg` raises on purpose.

KgError                     one line for the user, exit code 1
├── SourceError             an input file cannot be read (names file and line)
├── RecordError             a record breaks the contract
├── GraphError              the graph directory is missing, locked or damaged
├── StoreError              a store refused or failed
│   ├── StoreUnavailableError   it cannot be reached now (retrying may help)
│   ├── StoreBusyError          another process writes to it
│   └── StoreReadOnlyError      a write was tried where only reading is allowed
├── QueryError              a query cannot be run
│   ├── QuerySyntaxError        its text does not parse
│   ├── QueryParameterError     a parameter is missing, unknown or of the wrong type
│   └── QueryTimeoutError       it ran past its time or row limit
├── QuestionError           a question was not understood (holds suggestions)
├── NotFoundError           nothing has that id or name (holds suggestions)
├── CorrectionError         a correction does not apply
├── ValidationError         the graph breaks a shape or a quote is not where it should be
├── PlotError               a plot cannot be drawn: nothing to draw, or an unknown format
└── MissingExtraError       an optional package is not installed (says which extra)
"""

from __future__ import annotations

from collections.abc import Sequence


class KgError(Exception):
    """Root of all errors meant for users; `str(error)` is one line."""


class SourceError(KgError):
    """Input cannot be read; the message starts with `path:line:` where a line is known."""


class RecordError(KgError):
    """A paper record breaks `schemas/record.schema.json`."""


class GraphError(KgError):
    """The graph directory is missing, locked by another build, or not one of ours."""


class StoreError(KgError):
    """A store refused an operation or failed at it."""


class StoreUnavailableError(StoreError):
    """A store cannot be reached now; the same call may succeed later."""


class StoreBusyError(StoreError):
    """Another process holds the store open for writing."""


class StoreReadOnlyError(StoreError):
    """A write was tried on a store that was opened for reading."""


class QueryError(KgError):
    """A query cannot be run."""


class QuerySyntaxError(QueryError):
    """The text of a query does not parse."""


class QueryParameterError(QueryError):
    """A query's parameter is missing, unknown, or not of the declared type."""


class QueryTimeoutError(QueryError):
    """A query was stopped at its limit of time or rows."""


class _WithSuggestions(KgError):
    """An error that can say what the user may have meant."""

    def __init__(self, message: str, *, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        if self.suggestions:
            message = f"{message}; did you mean {', '.join(self.suggestions)}?"
        super().__init__(message)


class QuestionError(_WithSuggestions):
    """A question was not understood, wholly or in part."""


class NotFoundError(_WithSuggestions):
    """Nothing in the graph has that id or name."""


class CorrectionError(KgError):
    """A correction names something that does not exist or contradicts another."""


class ValidationError(KgError):
    """The graph breaks a shape, or a quote does not stand at its offsets."""


class PlotError(KgError):
    """A plot cannot be drawn: there is nothing to draw, or the file's format is not known."""


class MissingExtraError(KgError):
    """A feature needs a package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; run: pip install 'paperkg[{extra}]'")
