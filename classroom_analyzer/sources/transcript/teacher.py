"""Which of the speakers of a transcript teaches: whom the user names, else whoever speaks longest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.lines import clean_name
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.transcript.speakers import Said

__all__ = ["find_teacher"]


def find_teacher(path: Path, said: Sequence[Said], wanted: str | None, names: Pseudonyms) -> tuple[str | None, str]:
    """Say who teaches.

    Args:
        path: The transcript, for the message about an unknown name.
        said: All of it.
        wanted: Name, or its beginning, in any case; None when the user gave none.
        names: Give the pseudonym that the rule speaks of.

    Returns:
        Name as written, None when nobody can be told; and the rule in one sentence, without a real name.

    Raises:
        BadInputError: Nobody, or more than one person, has such a name.
    """
    lengths_s: dict[str, float] = {}
    for one in said:
        if one.name is not None:
            lengths_s[one.name] = lengths_s.get(one.name, 0.0) + one.end_s - one.start_s
    if wanted is not None:
        name = _named(path, sorted(lengths_s), clean_name(wanted).casefold())
        return name, f"teacher in the transcript: {names.of(name)}, as named"
    if not lengths_s:
        return None, "the transcript names nobody, so teacher and students are not told apart"
    if len(lengths_s) == 1:
        # One account often stands for a whole room.
        return None, (
            "the transcript has one name for everybody, so teacher and students are not told apart; "
            "give --teacher if it is only the teacher's"
        )
    name = max(lengths_s, key=lambda known: lengths_s[known])
    share = lengths_s[name] / sum(lengths_s.values())
    return name, (
        f"teacher in the transcript: {names.of(name)}, who speaks longest ({share:.0%} of the time); "
        "name another with --teacher"
    )


def _named(path: Path, known: Sequence[str], wanted: str) -> str:
    found = [name for name in known if name.casefold() == wanted] or [
        name for name in known if wanted and name.casefold().startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    speakers = f"{len(known)} speaker{'s' if len(known) != 1 else ''} with a name"
    if not found:
        raise BadInputError(path, f"no name in it begins as the one after --teacher, of {speakers}; check its spelling")
    raise BadInputError(
        path, f"{len(found)} names in it begin as the one after --teacher, of {speakers}; give more of the name"
    )
