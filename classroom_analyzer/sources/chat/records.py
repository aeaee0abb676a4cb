"""The columns that JSON lines and tables share, under all their names."""

from __future__ import annotations

from collections.abc import Mapping

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Parsed, RawMessage, clean_name, clean_text, is_public
from classroom_analyzer.sources.chat.stamps import parse_stamp

__all__ = ["FIELD_OF", "REQUIRED", "fields_of", "message_of"]

# Column name, in lower case, to field; where two stand for one field, the upper one holds.
FIELD_OF = {
    "t_s": "time",
    "t": "time",
    "time": "time",
    "name": "name",
    "sender": "name",
    "text": "text",
    "message": "text",
    "to": "to",
}
REQUIRED = frozenset({"name", "text"})  # a time may be missing: the line is then placed by the line before it


def fields_of(columns: Mapping[str, object]) -> dict[str, object]:
    """Known fields of a record whose column names are in lower case."""
    fields: dict[str, object] = {}
    for column, field in FIELD_OF.items():
        if column in columns:
            fields.setdefault(field, columns[column])
    return fields


def message_of(line_number: int, fields: Mapping[str, object]) -> Parsed:
    """Make a message of named fields.

    Args:
        line_number: Where the record starts.
        fields: ``time``, ``name``, ``text`` and maybe ``to``, values of any type.
    """
    missing = sorted(name for name in REQUIRED if fields.get(name) is None)
    if missing:
        return ChatProblem(line_number, f"no {' and no '.join(missing)}")
    written = fields.get("time")
    timed = written is not None and not (isinstance(written, str) and not written.strip())
    stamp = parse_stamp(written) if timed else None
    if timed and stamp is None:
        return ChatProblem(line_number, "its time is none that can be read")
    if not isinstance(fields["name"], str) or not isinstance(fields["text"], str):
        return ChatProblem(line_number, "name or text is not text")
    recipient = fields.get("to")
    private = not is_public(recipient if isinstance(recipient, str | None) else str(recipient))
    name, text = clean_name(fields["name"]), clean_text(fields["text"])
    if not name or (not text and not private):
        return ChatProblem(line_number, "a message without " + ("text" if name else "a name"))
    return RawMessage(line_number, stamp, name, text, private)
