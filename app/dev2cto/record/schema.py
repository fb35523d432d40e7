"""The record's tables: the row type and the properties of each.

`check` ensures that a document is written as its row type (rows.py) declares it; `migrations.upgrade` is applied when
it is read. A new table needs a row type and an entry here; a field that older documents must have needs a new schema,
see migrations.py.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

SHAPES = 11
"""Version of the fields' types in rows.py; a change to them raises it, so that no checkpoint holds what was checked
against older ones."""


class TableSchema(NamedTuple):
    """The properties of one table."""

    row: str
    """Name of the type in rows.py that declares its fields."""
    event: bool = False
    """Documents are events: scripts may add them, but not change or remove them."""
    lasting: bool = False
    """No session removes its documents: a removal by another machine counts as an erasure, which is asked for here."""
    live: bool = False
    """Changes with every key: kept in the live journal and saved with a short delay."""
    cold: bool = False
    """Grows with the learner's history: loaded on first use."""
    exported: bool = False
    """Included in `dev2cto export`."""
    cache: bool = False
    """Derived from other tables; not restored from a backup."""
    blobs: bool = False
    """Documents may be large: their largest fields are stored in files."""
    about: str = ""
    """The field ("id" for the id) whose course id decides which resets apply."""
    renamed: tuple[str, ...] = ()
    """The fields that hold course ids ("id" for the id, or its parts between slashes); `Documents` maps those ids to
    their current names."""
    indexed: tuple[str, ...] = ()
    """The fields with an index."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The declared fields: type by name."""
        return _fields_of(self.row)


@cache
def _fields_of(row: str) -> Mapping[str, str]:
    from dev2cto.record import rows  # needed for writing only

    found: dict[str, str] = getattr(rows, row).__annotations__
    return found


TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {
        "answers": TableSchema(
            "AnswerRow", lasting=True, event=True, cold=True, exported=True,
            about="item", renamed=("item", "module", "of"), indexed=("item", "attempt"),
        ),
        "ratings": TableSchema("RatingRow", cold=True, exported=True, indexed=("of",)),
        "attempts": TableSchema(
            "AttemptRow", lasting=True, cold=True, exported=True,
            renamed=("quiz", "module", "exercise", "items", "draws"), indexed=("quiz", "exercise", "state"),
        ),
        "choices": TableSchema("ChoiceRow", lasting=True, cold=True, exported=True, indexed=("attempt",)),
        "helps": TableSchema("HelpRow", lasting=True, cold=True, exported=True),
        "flags": TableSchema("FlagRow", exported=True, renamed=("id",)),
        "sections": TableSchema("SectionRow", exported=True, about="id", renamed=("id",)),
        "submissions": TableSchema(
            "SubmissionRow", lasting=True, event=True, cold=True, exported=True, blobs=True,
            about="exercise", renamed=("exercise",), indexed=("exercise",),
        ),
        "peer_reviews": TableSchema(
            "PeerReviewRow", lasting=True, event=True, cold=True, exported=True, blobs=True,
            about="exercise", renamed=("exercise",), indexed=("exercise",),
        ),
        "marks": TableSchema("MarkRow", cold=True, exported=True, indexed=("attempt",)),
        "reviews": TableSchema(
            "ReviewRow", lasting=True, event=True, cold=True, exported=True,
            about="card", renamed=("card",), indexed=("card",),
        ),
        "notes": TableSchema("NoteRow", exported=True, renamed=("anchor",)),
        "note_revs": TableSchema(
            "NoteRevisionRow", lasting=True, event=True, cold=True, exported=True, blobs=True, indexed=("note",)
        ),
        "bookmarks": TableSchema("BookmarkRow", exported=True, renamed=("id",)),
        "promises": TableSchema(
            "PromiseRow", event=True, cold=True, exported=True, about="reading", renamed=("reading",)
        ),
        "outcomes": TableSchema("OutcomeRow", event=True, cold=True, exported=True, indexed=("promise",)),
        "highlights": TableSchema("HighlightRow", exported=True, renamed=("section",)),
        "reports": TableSchema("ReportRow", lasting=True, event=True, exported=True),
        "study": TableSchema("StudyTimeRow", exported=True),
        "settings": TableSchema("SettingRow", exported=True),
        "resets": TableSchema("ResetRow", event=True, exported=True, renamed=("about",)),
        "positions": TableSchema("PositionRow", live=True, about="id", renamed=("id",)),
        "place": TableSchema("PlaceRow", live=True, renamed=("ids",)),
        "responses": TableSchema("ResponseRow", live=True, renamed=("id",)),
        "drafts": TableSchema("DraftRow", live=True, renamed=("id",)),
        "sums": TableSchema("SumRow", cache=True, renamed=("id",)),
        "cards": TableSchema("CardRow", cache=True, renamed=("id",)),
        "course_seen": TableSchema("CourseSeenRow"),
    }
)  # fmt: skip
"""Every table, by name."""

LASTING = tuple(name for name, table in TABLES.items() if table.lasting)
LIVE_TABLES = frozenset(name for name, table in TABLES.items() if table.live)
COLD_TABLES = frozenset(name for name, table in TABLES.items() if table.cold)
BLOB_TABLES = frozenset(name for name, table in TABLES.items() if table.blobs)
CACHES = frozenset(name for name, table in TABLES.items() if table.cache)


def check(name: str, doc: Mapping[str, Any], before: Callable[[], Mapping[str, Any]]) -> None:
    """Raises ValueError if the table is unknown or does not declare a field of the document to be written.

    Fields of the document `before` it are allowed too: an earlier version wrote them.
    """
    table = TABLES.get(name)
    if table is None:
        raise ValueError(f"The record has no table {name!r}; record/schema.py declares them.")
    if not doc.keys() <= table.fields.keys():
        unknown = doc.keys() - table.fields.keys() - before().keys()
        if unknown:
            raise ValueError(f"Documents of {name!r} have no field {min(unknown)!r}; record/rows.py declares them.")
