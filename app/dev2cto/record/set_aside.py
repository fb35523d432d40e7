"""Documents that were set aside while reading, because they have not the shape that their table declares."""

from typing import NamedTuple

from dev2cto.record.journal.codec import Doc


class SetAside(NamedTuple):
    """One version of a document that is not used; the line that holds it stays in its file."""

    file: str
    line: str
    """Checksum of the line, which identifies it in the file."""
    table: str
    id: str
    fields: tuple[str, ...]
    """What is wrong; empty if it is the id."""
    newer: bool = False
    """Whether it only holds words that this version does not know, so that a newer version may have written it."""

    @property
    def what(self) -> str:
        """The document and what is wrong with it, as shown to the learner."""
        what = f"its {' and '.join(self.fields)}" if self.fields else "its id"
        return f"an entry of {self.table} is not valid because of {what}"


def set_aside(file: str, line: str, table: str, id: str, doc: Doc) -> SetAside:
    """Describe a document that its table's check refused."""
    from dev2cto.record.shapes import wrong_fields  # only for what is wrong

    wrong = list(wrong_fields(table, doc))
    newer = bool(wrong) and all(may_be_newer for _, may_be_newer in wrong)
    return SetAside(file, line, table, id, tuple(field for field, _ in wrong), newer)
