"""Who a drawn person is and what their head does in one picture. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bgr", "DrawnHead", "DrawnPerson", "Hair", "HeadState", "invent_people"]

Bgr = tuple[int, int, int]


class Hair(StrEnum):
    """How the hair is worn."""

    CROPPED = "cropped"
    SHORT = "short"
    CURLY = "curly"
    BOB = "bob"
    LONG = "long"
    SCARF = "scarf"


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """Looks that stay the same through a lesson. Colours are 8-bit BGR as seen in full light.

    Attributes:
        skin: Colour of the skin.
        hair: Colour of the hair (of the cloth for a scarf).
        hair_style: How it is worn.
        iris: Colour of the iris.
        clothes: Colour of the clothes.
        glasses: Whether they wear glasses.
        stubble: Darkness of beard shadow, 0 (none) to 1.
        eye_distance: Half distance between the pupils, in half face widths.
        nose_length: Height of the nose tip below the eyes, in half face widths.
        mouth_drop: Height of the mouth below the eyes, in half face widths.
        jaw: Width of the jaw, -1 (narrow) to 1 (square).
        brow_weight: Strength of the eyebrows, 0.6 to 1.4.
        seed: Seed of everything irregular (strands, freckles, folds).
    """

    skin: Bgr
    hair: Bgr
    hair_style: Hair
    iris: Bgr
    clothes: Bgr
    glasses: bool
    stubble: float
    eye_distance: float
    nose_length: float
    mouth_drop: float
    jaw: float
    brow_weight: float
    seed: int


@dataclass(frozen=True, slots=True)
class HeadState:
    """What one person does in one picture; angles have the signs of ``domain.faces.HeadPose``.

    Attributes:
        yaw_deg: Positive when the face turns to the picture's right.
        pitch_deg: Positive when the face turns down.
        roll_deg: Positive when the head tilts clockwise in the picture.
        mouth_open: 0 (shut) to 1 (wide).
        blink: 0 (eyes open) to 1 (shut).
        sway: Shift of the whole body (to the right, down), in face widths.
        present: False when the seat is empty.
        camera_on: False when a call shows a flat tile in place of the picture.
    """

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    mouth_open: float = 0.0
    blink: float = 0.0
    sway: tuple[float, float] = (0.0, 0.0)
    present: bool = True
    camera_on: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class DrawnHead:
    """Where a head truly is in the picture.

    Attributes:
        centre_px: Middle of the head.
        width_px: Face width, cheek to cheek when seen from the front.
        points_px: ``(5, 2) float32`` right eye, left eye, nose tip, right and left mouth corner, as
            ``domain.faces.Face``.
    """

    centre_px: tuple[float, float]
    width_px: float
    points_px: NDArray[np.float32]


_SKINS: tuple[Bgr, ...] = (
    (182, 206, 238), (150, 184, 226), (128, 166, 212), (104, 142, 194), (84, 120, 174), (68, 98, 148), (56, 80, 122),
)  # fmt: skip
_HAIRS: tuple[Bgr, ...] = (
    (24, 22, 26), (34, 40, 54), (40, 58, 88), (52, 84, 128), (96, 148, 190), (42, 66, 140), (132, 136, 140),
)  # fmt: skip
_CLOTHES: tuple[Bgr, ...] = (
    (120, 78, 48), (60, 92, 60), (70, 66, 150), (150, 140, 128), (60, 58, 62), (150, 110, 90), (60, 120, 170),
    (110, 70, 110), (190, 186, 180), (90, 110, 40),
)  # fmt: skip
_SCARVES: tuple[Bgr, ...] = ((98, 84, 66), (104, 100, 128), (88, 90, 70), (150, 158, 166))
_IRISES: tuple[Bgr, ...] = ((36, 48, 66), (44, 66, 96), (96, 92, 70), (110, 88, 62))


def invent_people(count: int, seed: int = 0) -> tuple[DrawnPerson, ...]:
    """Invent ``count`` people of many looks; the first n of a larger call are the same people.

    Args:
        count: How many.
        seed: Same seed, same people.
    """
    people = []
    styles = tuple(Hair)
    for i in range(count):
        rng = np.random.default_rng((seed, i))
        tone = int((i * 3 + rng.integers(0, 2)) % len(_SKINS))
        style = styles[(i * 5 + int(rng.integers(0, 2))) % len(styles)]
        # Fair hair goes with fair skin more often than not; grey hair stays rare.
        shade = int(rng.integers(0, 6)) if tone < 3 else int(rng.integers(0, 3))
        cloth = _SCARVES[int(rng.integers(0, len(_SCARVES)))]
        beard = style in (Hair.CROPPED, Hair.SHORT) and rng.random() < 0.5
        people.append(
            DrawnPerson(
                skin=_SKINS[tone],
                hair=cloth if style is Hair.SCARF else _HAIRS[shade],
                hair_style=style,
                iris=_IRISES[int(rng.integers(0, 4)) if tone < 3 else int(rng.integers(0, 2))],
                clothes=_CLOTHES[(i * 7 + int(rng.integers(0, 3))) % len(_CLOTHES)],
                glasses=bool(rng.random() < 0.25),
                stubble=float(rng.uniform(0.3, 0.7)) if beard else 0.0,
                eye_distance=float(rng.uniform(0.42, 0.46)),
                nose_length=float(rng.uniform(0.42, 0.48)),
                mouth_drop=float(rng.uniform(0.74, 0.82)),
                jaw=float(rng.uniform(-0.6, 0.8)),
                brow_weight=float(rng.uniform(0.7, 1.3)),
                seed=int(rng.integers(0, 2**31)),
            )
        )
    return tuple(people)
