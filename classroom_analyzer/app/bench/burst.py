"""An invented burst of chat for the text stage: no two messages alike, as long as those of a tutoring chat.

Mean about 30 letters and 10 tokens (a real tutoring chat in English that was measured: 29 letters, 9.4 tokens).
"""

from __future__ import annotations

from itertools import islice, product

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import NS_PER_S

__all__ = ["MOST_MESSAGES", "burst"]

MESSAGES_PER_S = 300
PEOPLE = 30
_OPENINGS = ("", "i think", "is it", "yes because", "wait, what about", "i got", "no it is", "so is the answer",
             "can you explain", "ok and", "why is it", "my answer was")  # fmt: skip
_SUBJECTS = ("twelve", "3/4", "the half moon", "the area", "7 times 8", "page 14", "number five", "the longer side",
             "the shadow of the earth", "one third of it", "x = 4")  # fmt: skip
_ENDINGS = ("", "?", "or not", "then", "i was lost there", "again please", "when you turn it around", "lol", "right",
            "because both sides are equal, so we can divide them")  # fmt: skip
MOST_MESSAGES = len(_OPENINGS) * len(_SUBJECTS) * len(_ENDINGS)


def burst(messages: int) -> list[ChatMessage]:
    """Return distinct messages of a few seconds, in order.

    Args:
        messages: How many, at most ``MOST_MESSAGES``.
    """
    parts = islice(product(_SUBJECTS, _ENDINGS, _OPENINGS), messages)
    texts = (" ".join(filter(None, (opening, subject, ending))) for subject, ending, opening in parts)
    return [
        ChatMessage(number * NS_PER_S // MESSAGES_PER_S, f"P{1 + number % PEOPLE:02d}", text)
        for number, text in enumerate(texts)
    ]
