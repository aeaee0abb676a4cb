"""Does a message ask something? A question mark anywhere, or an English beginning that asks.

Question marks work in most scripts and need no judgement. The beginnings are for chats that leave the mark out; they
are English only and can be wrong ("what a day", "is fine for me"). What a web address holds is no question mark.
"""

from __future__ import annotations

import re

__all__ = ["is_question"]

# Latin, full-width, Spanish opening, Arabic, Armenian.
_MARK = re.compile(r"[?？¿؟՞]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# Words that may come before the question proper: "so how do we", "wait what", "ok can you".
_LEAD_IN = r"(?:(?:so|and|but|ok(?:ay)?|wait|um+|uh+|hey|hi|sorry|sir|miss|please|teacher)[\s,.!]+)*"
_PRONOUN = r"(?:i|you|u|we|he|she|it|they|this|that|there|these|those|the|anyone|anybody|someone|everyone|my|your|our)"
_QUESTION_WORD = (
    # "what a day", "how nice" exclaim; "when we were", "where it says" mostly do not ask.
    r"(?:what(?:'?s)?(?!\s+an?\b)|who(?:'?s)?|whose|whom|which|why|how(?!\s+(?:nice|cool|funny|sad|cute)\b)"
    r"|where(?:'?s|\s+(?:is|are|do|does|did|can|was|were))|when(?:'?s|\s+(?:is|are|do|does|did|can|will|was|were)))\b"
)
_AUXILIARY = (
    r"(?:do\s+(?:i|you|u|we|they|the|your|our)"  # "do it again" asks nothing
    r"|(?:does|did|don'?t|doesn'?t|didn'?t|can|can'?t|could|would|will|won'?t|should|shall|may|is|isn'?t|are|aren'?t"
    rf"|was|were|am|have|has)\s+{_PRONOUN})\b"
)
_BEGINNING = re.compile(rf"^\W*{_LEAD_IN}(?:{_QUESTION_WORD}|{_AUXILIARY})", re.IGNORECASE)


def is_question(text: str, *, marks_only: bool = False) -> bool:
    """Tell whether a message asks something.

    Args:
        text: The message.
        marks_only: Count question marks only (the ``observe`` policy: no judgement on wording).
    """
    plain = _ADDRESS.sub(" ", text)
    if _MARK.search(plain):
        return True
    return not marks_only and _BEGINNING.match(plain) is not None
