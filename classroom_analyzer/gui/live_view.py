"""How one lesson is to be shown: what was chosen for it and what the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE

__all__ = ["LiveView"]


@dataclass(frozen=True, slots=True)
class LiveView:
    """Choices of the view, not of what is measured.

    Attributes:
        calibration: Hide the class line until the lesson is over, so that the teacher's marks are blind.
        screen_faces_class: Begin with what students may see: the lamp and the notice.
        nudges: Allow at most one hint in five minutes.
        own_markers: Names of the markers on the keys 1 to 9.
        group_minimum: Fewest people that a figure of seen people may rest on under ``observe``.
    """

    calibration: bool = False
    screen_faces_class: bool = False
    nudges: bool = False
    own_markers: tuple[str, ...] = ()
    group_minimum: int = GROUP_MINIMUM_LIVE
