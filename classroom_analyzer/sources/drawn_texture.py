"""Paints what lies on a drawn head: colour and relief of face and hair, seen straight from the front.

Coordinates are half face widths from the middle of the head: ``u`` to the picture's right, ``v`` down. All shapes are
smooth functions, so edges are soft as in a photograph; face detectors look for the soft light and dark of eye sockets,
nose and mouth rather than for outlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.sources.drawn_person import DrawnPerson, Hair
from classroom_analyzer.sources.opencv import cv2

__all__ = ["EYE_LINE", "RADII", "SPAN", "HeadTexture", "paint_head"]

Array = NDArray[np.float32]

RADII = (1.0, 1.32, 1.15)
"""Half width, half height and half depth of the head, in half face widths."""
SPAN = (1.1, 1.45)
"""The texture reaches from -SPAN to +SPAN in u and v."""
EYE_LINE = -0.02
_PX_PER_UNIT = 128
_SIZE = (round(2 * SPAN[0] * _PX_PER_UNIT), round(2 * SPAN[1] * _PX_PER_UNIT))


@dataclass(frozen=True, slots=True, eq=False)
class HeadTexture:
    """Front of one head, and to the right of it the back, as seen through from the front.

    Attributes:
        colour: ``(h, 2 w, 3) float32`` BGR, 0 to 255.
        relief: ``(h, 2 w) float32``, the outward share of the radius.
    """

    colour: Array
    relief: Array

    def maps(self, u: Array, v: Array, front: NDArray[np.bool_]) -> tuple[Array, Array]:
        """Sheet positions, for ``cv2.remap``, of points of the head."""
        h, w = self.relief.shape[0], self.relief.shape[1] // 2
        x = np.clip((u + SPAN[0]) * ((w - 1) / (2 * SPAN[0])), 0, w - 1.01) + np.where(front, 0, w)
        y = (v + SPAN[1]) * ((h - 1) / (2 * SPAN[1]))
        return x.astype(np.float32, copy=False), y.astype(np.float32, copy=False)


def _step(x: Array, edge: float, soft: float) -> Array:
    """0 below ``edge``, 1 above, smooth over ``soft``."""
    t = np.clip((x - edge) / soft + 0.5, 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def _grid() -> tuple[Array, Array]:
    u = np.linspace(-SPAN[0], SPAN[0], _SIZE[0], dtype=np.float32)
    v = np.linspace(-SPAN[1], SPAN[1], _SIZE[1], dtype=np.float32)
    gu, gv = np.meshgrid(u, v)
    return gu, gv


def _blob(u: Array, v: Array, at: tuple[float, float], radii: tuple[float, float], tilt: float = 0.0) -> Array:
    """Gaussian bump of height 1; ``tilt`` in radians, clockwise."""
    du, dv = u - at[0], v - at[1]
    c, s = np.cos(tilt), np.sin(tilt)
    return np.asarray(
        np.exp(-(((du * c + dv * s) / radii[0]) ** 2) - ((dv * c - du * s) / radii[1]) ** 2), dtype=np.float32
    )


def _inside(u: Array, v: Array) -> Array:
    """1 in the middle, 0 towards the rim, where a picture from the front is stretched over the side of the head."""
    return _step(-np.hypot(u / RADII[0], v / RADII[1]), -0.88, 0.3)


def _noise(rng: np.random.Generator, sigma: tuple[float, float]) -> Array:
    """Smooth noise of unit standard deviation; ``sigma`` in half face widths along u and v."""
    raw = rng.standard_normal((_SIZE[1], _SIZE[0])).astype(np.float32)
    soft = cv2.GaussianBlur(raw, (0, 0), sigma[0] * _PX_PER_UNIT, sigmaY=sigma[1] * _PX_PER_UNIT)
    return np.asarray((soft - soft.mean()) / soft.std(), dtype=np.float32)


class _Sheet:
    """Colour and relief being painted."""

    def __init__(self, colour: tuple[int, int, int]) -> None:
        self.bgr: Array = np.empty((_SIZE[1], _SIZE[0], 3), np.float32)
        self.bgr[:] = colour
        self.relief: Array = np.zeros((_SIZE[1], _SIZE[0]), np.float32)

    def tint(self, mask: Array, colour: tuple[float, float, float]) -> None:
        self.bgr += mask[..., None] * (np.array(colour, np.float32) - self.bgr)

    def shade(self, mask: Array, factor: float, warm: float = 0.0) -> None:
        """Multiply by ``factor`` where ``mask`` is 1; ``warm`` keeps that share of red."""
        gains = np.array([factor, factor, factor + (1 - factor) * warm], np.float32)
        self.bgr *= 1 + mask[..., None] * (gains - 1)


def _paint_skin(s: _Sheet, p: DrawnPerson, u: Array, v: Array, rng: np.random.Generator) -> None:
    light = float(np.mean(p.skin)) / 200
    s.bgr *= 1 + 0.025 * _noise(rng, (0.12, 0.12))[..., None] + 0.012 * _noise(rng, (0.012, 0.012))[..., None]
    for side in (-1, 1):
        s.tint(0.16 * light * _blob(u, v, (0.55 * side, 0.42), (0.3, 0.24)), (105, 110, 205))
        s.shade(_blob(u, v, (0.82 * side, 0.75), (0.22, 0.5)), 0.86, 0.3)
        s.relief += 0.03 * _blob(u, v, (0.6 * side, 0.3), (0.25, 0.2))
        s.relief += (0.05 + 0.04 * p.jaw) * _blob(u, v, (0.72 * side, 0.9), (0.3, 0.3))
    s.relief += 0.05 * _blob(u, v, (0, 1.16), (0.3, 0.16))
    if p.stubble:
        area = _step(v, 0.62, 0.35) * (1 - _blob(u, v, (0, EYE_LINE + p.mouth_drop), (0.3, 0.09)))
        area *= 1 - 0.6 * _step(-np.abs(u), -0.28, 0.2) * _step(-v, -0.62, 0.1)
        s.tint(p.stubble * 0.6 * area, (45, 46, 52))


def _paint_eyes(s: _Sheet, p: DrawnPerson, u: Array, v: Array, blink: float) -> None:
    dark = (p.skin[0] * 0.42, p.skin[1] * 0.42, p.skin[2] * 0.42)
    for side in (-1, 1):
        x, y = p.eye_distance * side, EYE_LINE
        s.shade(_blob(u, v, (x, y - 0.04), (0.27, 0.17)), 0.66, 0.25)
        s.shade(_blob(u, v, (0.2 * side, y - 0.02), (0.11, 0.16)), 0.72, 0.25)
        s.shade(_blob(u, v, (x, y + 0.15), (0.2, 0.05)), 0.88, 0.3)
        s.relief -= 0.05 * _blob(u, v, (x, y), (0.26, 0.14))
        s.relief += 0.035 * _blob(u, v, (x, y - 0.26), (0.34, 0.09), 0.1 * side)
        # The lids leave an almond open; its upper edge falls with the blink.
        width = 0.2
        arch = np.clip(1 - ((u - x) / width) ** 2, 0, 1)
        upper, lower = y - 0.085 * arch * (1 - 1.6 * blink), y + 0.06 * arch
        almond = _step(v - upper, 0, 0.025) * _step(lower - v, 0, 0.025) * _step(arch, 0.1, 0.16)
        s.tint(almond, (205, 212, 218))
        s.shade(almond * _step(upper + 0.045 - v, 0, 0.06), 0.6)
        ring = np.hypot(u - x, v - (y - 0.008))
        s.tint(almond * _step(-ring, -0.088, 0.03), p.iris)
        s.tint(almond * _step(-ring, -0.045, 0.025), (12, 10, 10))
        s.tint(almond * 0.9 * _blob(u, v, (x - 0.025, y - 0.035), (0.02, 0.02)), (245, 245, 245))
        lash = np.exp(-(((v - upper + 0.008) / 0.022) ** 2)) * _step(arch, 0.14, 0.24)
        s.tint(0.85 * lash, (22, 20, 24))
        s.tint(0.35 * np.exp(-(((v - lower) / 0.016) ** 2)) * _step(arch, 0.14, 0.24), dark)
        fold = np.exp(-(((v - (y - 0.125 * arch - 0.02)) / 0.016) ** 2)) * _step(arch, 0.25, 0.44)
        s.shade(fold, 0.72, 0.2)
        brow = y - 0.265 - 0.05 * np.cos((u - x - 0.05 * side) / 0.3) + 0.05
        strength = np.exp(-(((v - brow) / (0.042 * p.brow_weight)) ** 2)) * _step(-np.abs(u - x), -0.23, 0.14)
        colour = (30, 30, 36) if p.hair_style is Hair.SCARF else tuple(0.6 * c for c in p.hair)
        s.tint(0.85 * strength, (colour[0], colour[1], colour[2]))


def _paint_nose(s: _Sheet, p: DrawnPerson, u: Array, v: Array) -> None:
    tip = EYE_LINE + p.nose_length
    along = np.clip((v - EYE_LINE) / p.nose_length, 0, 1)
    bridge = np.exp(-((u / (0.1 + 0.05 * along)) ** 2)) * _step(v, EYE_LINE - 0.1, 0.3) * _step(tip + 0.06 - v, 0, 0.12)
    s.relief += (0.05 + 0.16 * along) * bridge
    s.relief += 0.05 * _blob(u, v, (0, tip), (0.12, 0.09))
    s.tint(0.10 * bridge, (255, 255, 255))
    s.tint(0.16 * _blob(u, v, (0, tip - 0.03), (0.06, 0.05)), (255, 255, 255))
    for side in (-1, 1):
        s.relief += 0.06 * _blob(u, v, (0.15 * side, tip + 0.03), (0.08, 0.07))
        s.shade(_blob(u, v, (0.16 * side, tip - 0.2), (0.06, 0.22), -0.25 * side), 0.85, 0.3)
        s.shade(_blob(u, v, (0.22 * side, tip + 0.02), (0.04, 0.09), -0.3 * side), 0.74, 0.3)
        s.shade(_blob(u, v, (0.085 * side, tip + 0.085), (0.055, 0.03), 0.2 * side), 0.34, 0.2)
        s.shade(_blob(u, v, (0.31 * side, tip + 0.14), (0.035, 0.2), -0.5 * side), 0.86, 0.3)
    s.shade(_blob(u, v, (0, tip + 0.11), (0.17, 0.04)), 0.68, 0.3)


def _paint_mouth(s: _Sheet, p: DrawnPerson, u: Array, v: Array, opening: float) -> None:
    y = EYE_LINE + p.mouth_drop
    half = 0.33 - 0.05 * opening
    arch = np.clip(1 - (u / half) ** 2, 0, 1)
    gap = 0.16 * opening * arch
    line = y - 0.015 + 0.035 * arch
    bow = 0.085 * np.sqrt(arch) * (1 - 0.22 * np.exp(-((u / 0.06) ** 2)))
    upper = _step(v - (line - bow), 0, 0.03) * _step(line - v, 0, 0.03)
    lower = _step(v - (line + gap), 0, 0.03) * _step(line + gap + 0.115 * np.sqrt(arch) - v, 0, 0.05)
    lips = tuple(0.62 * c + add for c, add in zip(p.skin, (22, 18, 62), strict=True))
    ends = _step(arch, 0.06, 0.1)
    s.tint(0.75 * upper * ends, (lips[0] * 0.8, lips[1] * 0.8, lips[2] * 0.88))
    s.tint(0.7 * lower * ends, (lips[0], lips[1], lips[2]))
    s.tint(0.2 * _blob(u, v, (0, y + 0.16 * opening + 0.06), (0.12, 0.025)), (255, 255, 255))
    inside = _step(v - line, 0, 0.02) * _step(line + gap - v, 0, 0.02) * ends
    s.tint(inside * min(1.0, 3 * opening), (26, 20, 46))
    s.tint(inside * _step(line + 0.05 - v, 0, 0.02) * min(1.0, 2 * opening) * 0.75, (190, 205, 212))
    s.shade(np.exp(-(((v - line) / 0.018) ** 2)) * _step(arch, 0.12, 0.24), 0.4, 0.2)
    for side in (-1, 1):
        s.shade(_blob(u, v, (half * side, y), (0.05, 0.04)), 0.62, 0.3)
    s.shade(_blob(u, v, (0, y + 0.2 + 0.16 * opening), (0.2, 0.045)), 0.78, 0.3)
    s.shade(_blob(u, v, (0, y - 0.16), (0.035, 0.07)), 0.9, 0.3)
    s.relief += 0.05 * _blob(u, v, (0, y), (0.3, 0.16))


def _paint_glasses(s: _Sheet, p: DrawnPerson, u: Array, v: Array) -> None:
    frame = np.zeros_like(u)
    for side in (-1, 1):
        du, dv = (u - p.eye_distance * side) / 0.3, (v - EYE_LINE - 0.03) / 0.22
        reach = (np.abs(du) ** 3 + np.abs(dv) ** 3) ** (1 / 3)
        frame = np.maximum(frame, np.exp(-(((reach - 1) / 0.085) ** 2)))
        arm = np.exp(-(((v - EYE_LINE + 0.06) / 0.025) ** 2)) * _step(u * side, p.eye_distance + 0.28, 0.04)
        frame = np.maximum(frame, arm)
    frame = np.maximum(frame, np.exp(-(((v - EYE_LINE + 0.04) / 0.025) ** 2)) * _step(-np.abs(u), -0.15, 0.03))
    s.tint(0.85 * frame.astype(np.float32), (34, 30, 32))


def _hair_mask(p: DrawnPerson, u: Array, v: Array, rng: np.random.Generator) -> Array:
    """Where hair or cloth covers the front of the head."""
    top = {
        Hair.CROPPED: -0.82,
        Hair.SHORT: -0.7,
        Hair.CURLY: -0.72,
        Hair.BOB: -0.62,
        Hair.LONG: -0.8,
        Hair.SCARF: -0.72,
    }
    edge = 0.03 * _noise(rng, (0.06, 0.06))
    line = top[p.hair_style] + 0.28 * np.abs(u) ** 3 + edge
    if p.hair_style is Hair.LONG:
        line = line - 0.12 * np.exp(-(((u - 0.1) / 0.12) ** 2))
    mask = _step(line - v, 0, 0.09)
    sides = {
        Hair.CROPPED: (0.97, 0.05), Hair.SHORT: (0.94, 0.25), Hair.CURLY: (0.9, 0.5), Hair.BOB: (0.84, 0.95),
        Hair.LONG: (0.84, 1.6), Hair.SCARF: (0.86, 1.6),
    }  # fmt: skip
    inner, down = sides[p.hair_style]
    if p.hair_style is Hair.SCARF:
        ring = np.hypot(u / 0.9, (v - 0.16) / 1.0)
        return np.asarray(np.maximum(mask, _step(ring, 1.0, 0.07)), dtype=np.float32)
    beside = _step(np.abs(u) + edge - 0.1 * _step(v, 0.2, 0.8), inner - 0.08, 0.1) * _step(down - v, 0, 0.3)
    return np.asarray(np.maximum(mask, beside), dtype=np.float32)


def _hair_colour(p: DrawnPerson, u: Array, v: Array, rng: np.random.Generator) -> Array:
    if p.hair_style is Hair.CURLY:
        strands = 0.5 * _noise(rng, (0.035, 0.035)) + 0.4 * _noise(rng, (0.08, 0.08))
    elif p.hair_style is Hair.SCARF:
        strands = 0.25 * _noise(rng, (0.06, 0.3)) + 0.1 * _noise(rng, (0.2, 0.1))
    else:
        strands = 0.35 * _noise(rng, (0.012, 0.25)) + 0.35 * _noise(rng, (0.05, 0.4))
    strands = strands * _inside(u, v)
    shine = 0.35 * np.exp(-(((v + 0.95 - 0.2 * np.abs(u)) / 0.16) ** 2))
    tone = np.array(p.hair, np.float32) * (1 + 0.4 * strands + shine)[..., None]
    return np.asarray(np.clip(tone, 4, 250), dtype=np.float32)


_HAIR_RELIEF = {
    Hair.CROPPED: 0.03, Hair.SHORT: 0.1, Hair.CURLY: 0.2, Hair.BOB: 0.12, Hair.LONG: 0.1, Hair.SCARF: 0.1,
}  # fmt: skip


@lru_cache(maxsize=96)
def paint_head(person: DrawnPerson, mouth_open: float, blink: float) -> HeadTexture:
    """Paint one head.

    Args:
        person: Whose.
        mouth_open: 0 to 1; callers round it so that few sheets are painted.
        blink: 0 to 1, likewise.

    Returns:
        Sheets in the coordinates of this module; do not write into them.
    """
    rng = np.random.default_rng(person.seed)
    u, v = _grid()
    face = _Sheet(person.skin)
    _paint_skin(face, person, u, v, rng)
    _paint_nose(face, person, u, v)
    _paint_mouth(face, person, u, v, mouth_open)
    _paint_eyes(face, person, u, v, blink)
    hair = _hair_mask(person, u, v, rng)
    colour = _hair_colour(person, u, v, rng)
    face.shade(np.clip(cv2.GaussianBlur(hair, (0, 0), 0.07 * _PX_PER_UNIT) - 0.1, 0, 1), 0.72, 0.2)
    face.bgr += hair[..., None] * (colour - face.bgr)
    if person.glasses:
        _paint_glasses(face, person, u, v)
    height = _HAIR_RELIEF[person.hair_style]
    rough = 0.12 if person.hair_style is Hair.CURLY else 0.05
    soft = cv2.GaussianBlur(hair, (0, 0), 0.035 * _PX_PER_UNIT)
    rise = height * (1 + rough * _noise(rng, (0.07, 0.07)) * _inside(u, v))
    face.relief = face.relief * (1 - soft) + soft * rise
    nape = 1.6 if person.hair_style in (Hair.LONG, Hair.SCARF) else 0.95 if person.hair_style is Hair.BOB else 0.55
    back = _Sheet(person.skin)
    behind = _step(nape - v, 0, 0.15)
    back.bgr += behind[..., None] * (colour - back.bgr)
    back.relief = behind * rise
    # Front and back meet at the rim of the head, where they must agree.
    rim = _step(np.hypot(u / RADII[0], v / RADII[1]), 0.93, 0.12)
    back.bgr += rim[..., None] * (face.bgr - back.bgr)
    back.relief += rim * (face.relief - back.relief)
    colours = np.clip(np.hstack([face.bgr, back.bgr]), 0, 255)
    return HeadTexture(colours, np.hstack([face.relief, back.relief]))
