"""What the card of an affect head says in words (VALIDITY section 8)."""

from __future__ import annotations

from typing import Any

__all__ = ["affect_texts"]


def affect_texts() -> dict[str, Any]:
    """Return the part of a card that is the same for every training."""
    return {
        "policy_needed": "research",
        "purpose": (
            "which level of boredom, engagement, confusion and frustration raters of DAiSEE would probably give ten "
            "seconds of a face; class figures only, for approved studies"
        ),
        "inputs": (
            "codes of a face encoder, one upright 64-pixel crop a second over 10 s (at least 7), summed up as mean and "
            "standard deviation"
        ),
        "window_s": 10,
        "rate_hz": 1,
        "abstention": "fewer than 7 of 10 s with a face: the seat is left out; fewer seats than the group minimum: no "
        "value",
        "label_source": (
            "crowd workers who watched 10 s clips without sound, levels 0 to 3; they saw faces, not states of mind"
        ),
        "setting": "people alone at a webcam who watch videos; commonly cited as 112 adults",
        "human_ceiling": "not published with the data set: how far its raters agree bounds every figure here",
        "gates": "none of the release gates for real classes was tried; nothing here is validated for a class",
        "limits": [
            "A face movement is no emotion; the link is weak and varies by person, culture and situation (Barrett and "
            "others 2019).",
            "The scientific basis of such labels is disputed; the estimates are often wrong and are no facts about a "
            "person.",
            "Few clips carry high levels, so precise figures of them rest on few people.",
            "Levels of one person's neighbouring clips are alike; intervals are over persons, not over clips.",
        ],
        "untested": [
            "classrooms and room cameras, faces below the size of a webcam's",
            "minors",
            "glasses, head coverings, skin tones, lighting: the data set does not name them",
            "whether weights change when a lesson's faces are compressed by a call",
        ],
        "drift_reference": "none is kept",
        "out_of_scope": [
            "any use outside an approved study",
            "grading",
            "ranking",
            "discipline",
            "appraisal",
            "decisions about one pupil",
            "education in the EU/EEA without an approval and a legal basis (EU AI Act, Art. 5(1)(f))",
        ],
        "licence": "that of the data set: DAiSEE is given for research only; ask its authors before passing weights on",
        "contact": "whoever trained it; see study",
        "changes": [],
    }
