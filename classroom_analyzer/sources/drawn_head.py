"""Draws one head with neck and shoulders: a relief on an ellipsoid, turned, lit and laid into a picture.

Every pixel's ray meets the head where the distance from the middle, as a share of the ellipsoid's, equals one plus the
painted relief; the meeting point is found by stepping through shells from outside. Light is Lambert's cosine law
from above the camera plus an even share from the room.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.sources.drawn_person import DrawnHead, DrawnPerson, Hair, HeadState
from classroom_analyzer.sources.drawn_texture import EYE_LINE, RADII, HeadTexture, paint_head
from classroom_analyzer.sources.opencv import cv2

__all__ = ["draw_head", "locate_head"]

Array = NDArray[np.float32]

_PIVOT = np.array([0.0, 1.0, -0.35])
"""The top of the neck, about which the head turns, in half face widths from the middle of the head."""
_LIGHT = np.array([-0.35, -0.55, 0.76])
_LIGHT_SHARE = 0.62
_SHELLS = 9
_SMALL_PX = 60
"""Faces narrower than this are traced with two rays a pixel each way, others with one."""
_LEVELS = 5
_BUMP = 1.1


def _rotation(state: HeadState) -> NDArray[np.float64]:
    """Head to picture axes (right, down, towards the camera): pitch, then yaw, then roll."""
    yaw, pitch, roll = np.radians([state.yaw_deg, state.pitch_deg, state.roll_deg])
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    tilt = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(tilt @ turn @ nod, dtype=np.float64)


def _on_front(u: float, v: float, relief: float) -> NDArray[np.float64]:
    """Point of the head's front, in half face widths from its middle."""
    depth = np.sqrt(max(0.0, 1 - (u / RADII[0]) ** 2 - (v / RADII[1]) ** 2)) * RADII[2]
    return np.asarray(np.array([u, v, depth]) * (1 + relief), dtype=np.float64)


def _head_middle(state: HeadState, centre: tuple[float, float], size_px: float) -> NDArray[np.float64]:
    shift = _PIVOT - _rotation(state) @ _PIVOT
    middle = np.array(centre) + np.array(state.sway) * size_px + shift[:2] * size_px / 2
    return np.asarray(middle, dtype=np.float64)


def locate_head(person: DrawnPerson, state: HeadState, centre: tuple[float, float], size_px: float) -> DrawnHead:
    """Say where ``draw_head`` puts the head, without drawing.

    Args:
        person: Who.
        state: What the head does.
        centre: Middle of the head at rest (x, y), picture pixels.
        size_px: Face width, cheek to cheek, in pixels.
    """
    mouth = EYE_LINE + person.mouth_drop
    places = [
        (-person.eye_distance, EYE_LINE, -0.05), (person.eye_distance, EYE_LINE, -0.05),
        (0.0, EYE_LINE + person.nose_length, 0.25), (-0.31, mouth, 0.02), (0.31, mouth, 0.02),
    ]  # fmt: skip
    middle = _head_middle(state, centre, size_px)
    turn = _rotation(state)
    points = [middle + (turn @ _on_front(*place))[:2] * size_px / 2 for place in places]
    return DrawnHead((float(middle[0]), float(middle[1])), size_px, np.array(points, dtype=np.float32))


def _trace(texture: HeadTexture, turn: NDArray[np.float64], x: Array, y: Array) -> tuple[Array, Array, Array, Array]:
    """Meet the head along the rays through (x, y), half face widths from its middle.

    Returns:
        u, v and depth (as a share of the head's) of the point met, and its share of the radius (0 where the ray passes
        by).
    """
    a = (np.diag(1 / np.array(RADII)) @ turn.T).astype(np.float32)
    q0 = [a[i, 0] * x + a[i, 1] * y for i in range(3)]
    d = a[:, 2]
    dd = float(d @ d)
    b = q0[0] * d[0] + q0[1] * d[1] + q0[2] * d[2]
    q0q0 = q0[0] ** 2 + q0[1] ** 2 + q0[2] ** 2

    def at(s: Array | float) -> tuple[Array, Array, Array, Array]:
        disc = b * b - dd * (q0q0 - s * s)
        z = (-b + np.sqrt(np.maximum(disc, 0))) / dd
        u, v = (q0[0] + z * d[0]) / s * RADII[0], (q0[1] + z * d[1]) / s * RADII[1]
        return u, v, (q0[2] + z * d[2]) / s, disc

    shells = np.linspace(1.01 + float(texture.relief.max()), 0.93, _SHELLS, dtype=np.float32)
    met = np.zeros_like(x)
    above = np.zeros_like(x)
    for i, s in enumerate(shells):
        u, v, q, disc = at(float(s))
        relief = cv2.remap(texture.relief, *texture.maps(u, v, q > 0), cv2.INTER_LINEAR)
        gap = np.where(disc >= 0, s - 1 - relief, 1)
        hit = (met == 0) & (gap <= 0)
        # Linear between the last shell above the surface and the first one below it.
        step = float(shells[i - 1] - s) if i else 0.0
        met[hit] = s + step * np.clip(gap[hit] / (gap[hit] - above[hit] - 1e-6), 0, 1)
        above = gap
    u, v, q, _ = at(np.where(met > 0, met, 1).astype(np.float32))
    return u, v, q, met


def _lit_head(texture: HeadTexture, state: HeadState, x: Array, y: Array) -> tuple[Array, Array]:
    """Colour ``(2 h, 2 w, 3)`` and cover ``(2 h, 2 w)`` of the head alone, twice as fine as the rays."""
    turn = _rotation(state)
    u, v, depth, met = _trace(texture, turn, x, y)
    # Grazing rays come and go from pixel to pixel: the outline is smoothed and sharpened again.
    cover = cv2.GaussianBlur((met > 0).astype(np.float32), (0, 0), 1.2)
    normal = np.stack([u / RADII[0] ** 2, v / RADII[1] ** 2, depth / RADII[2]], axis=-1) @ turn.T.astype(np.float32)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-6
    rise = cv2.GaussianBlur(np.where(met > 0, met, 1).astype(np.float32), (0, 0), 0.7)
    pitch = float(x[0, 1] - x[0, 0])
    normal[..., 0] -= _BUMP * np.gradient(rise, axis=1) / pitch
    normal[..., 1] -= _BUMP * np.gradient(rise, axis=0) / pitch
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-6
    lambert = np.clip(normal @ _LIGHT.astype(np.float32), 0, 1)
    light = (1 - _LIGHT_SHARE) * (0.55 + 0.45 * np.clip(normal[..., 2], 0, 1)) + _LIGHT_SHARE * (0.25 + 0.9 * lambert)
    # Colour holds finer detail than shape: it is looked up on a grid twice as fine.
    size = (2 * x.shape[1], 2 * x.shape[0])
    maps = [np.asarray(cv2.resize(a.astype(np.float32), size), np.float32) for a in (u, v, depth, light, cover)]
    colour = cv2.remap(texture.colour, *texture.maps(maps[0], maps[1], maps[2] > 0), cv2.INTER_LINEAR)
    edge = np.clip((maps[4] - 0.5) * 2 + 0.5, 0, 1)
    return np.asarray(np.clip(colour * maps[3][..., None], 0, 255), np.float32), np.asarray(edge, np.float32)


def _body(person: DrawnPerson, x: Array, y: Array) -> tuple[Array, Array]:
    """Neck and shoulders in half face widths from the resting head; colour and cover."""
    soft = float(x[0, 1] - x[0, 0]) * 1.5
    rng = np.random.default_rng(person.seed + 1)
    neck_half = 0.52 + 0.25 * np.clip(y - 1.45, 0, 0.5) ** 2
    neck = np.clip((neck_half - np.abs(x)) / soft + 0.5, 0, 1) * (y > 0.3)
    round_ = np.clip(1 - (x / neck_half) ** 2, 0, 1)
    skin = (
        np.array(person.skin, np.float32)
        * (0.42 + 0.3 * np.sqrt(round_) * np.clip((y - 0.9) / 0.9, 0.15, 1))[..., None]
    )
    # Shoulders fall away from the collar and end in the round of the upper arms.
    top = 1.62 + 0.42 * np.clip(np.abs(x) / 1.9, 0, 1) ** 1.6 + 2.2 * np.clip(np.abs(x) - 1.75, 0, None) ** 2
    top = np.where(np.abs(x) < 0.5, 1.62 + 0.28 * (1 - (np.abs(x) / 0.5) ** 2), top)
    cloth_cover = np.clip((y - top) / soft + 0.5, 0, 1)
    folds = cv2.GaussianBlur(rng.standard_normal((24, 24)).astype(np.float32), (0, 0), 1.6)
    fold_map = cv2.remap(
        folds / folds.std(), ((x + 3) * 3.6).astype(np.float32), ((y - 1) * 2.2).astype(np.float32),
        cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    tone = 0.78 - 0.16 * np.abs(x) / 2 - 0.1 * x / 2 + 0.07 * fold_map + 0.12 * np.exp(-(((y - top) / 0.12) ** 2))
    tone = tone * (1 - 0.25 * np.exp(-(((y - top) / 0.05) ** 2)) * (np.abs(x) < 0.6))
    cloth = np.array(person.clothes, np.float32) * tone[..., None]
    colour = skin + cloth_cover[..., None] * (cloth - skin)
    return np.asarray(np.clip(colour, 0, 255), np.float32), np.maximum(neck, cloth_cover).astype(np.float32)


def _fall(person: DrawnPerson, x: Array, y: Array) -> tuple[Array, Array]:
    """Hair or cloth that hangs beside and behind the neck; colour and cover."""
    length = {Hair.BOB: 1.15, Hair.LONG: 2.2, Hair.SCARF: 2.1}.get(person.hair_style, 0.0)
    soft = float(x[0, 1] - x[0, 0]) * 1.5
    if not length:
        return np.zeros((*x.shape, 3), np.float32), np.zeros_like(x)
    half = (
        1.1 * np.sqrt(np.clip(1 - (np.minimum(y - 0.3, 0) / 1.45) ** 2, 0, 1))
        - soft
        - 0.25 * np.clip(y - 1.0, 0, 2) ** 2 * (person.hair_style is Hair.LONG)
    )
    half = half + 0.18 * np.clip(y - 1.0, 0, 2) * (person.hair_style is Hair.SCARF)
    cover = np.clip((half - np.abs(x)) / soft + 0.5, 0, 1) * np.clip((length - y) / 0.12, 0, 1)
    strands = cv2.GaussianBlur(
        np.random.default_rng(person.seed + 2).standard_normal((16, 96)).astype(np.float32), (0, 0), 1.0, sigmaY=5
    )
    tone = cv2.remap(
        strands / strands.std(), ((x + 2) * 24).astype(np.float32), ((y + 1) * 4).astype(np.float32),
        cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    light = 0.5 + 0.1 * tone + 0.15 * np.abs(x)
    return np.asarray(np.clip(np.array(person.hair, np.float32) * light[..., None], 0, 255), np.float32), cover


def _ears(person: DrawnPerson, state: HeadState, x: Array, y: Array) -> tuple[Array, Array]:
    """Ears that stand out beside the head; colour and cover, in half face widths from the head's middle."""
    cover = np.zeros_like(x)
    if person.hair_style not in (Hair.CROPPED, Hair.SHORT):
        return np.zeros((*x.shape, 3), np.float32), cover
    turn = _rotation(state)
    inner = np.zeros_like(x)
    for side in (-1, 1):
        at = (turn @ np.array([0.98 * side, 0.12, -0.12]))[:2]
        reach = np.hypot((x - at[0]) / 0.17, (y - at[1]) / 0.3)
        cover = np.maximum(cover, np.clip((1 - reach) * 6, 0, 1))
        inner = np.maximum(inner, np.exp(-((reach / 0.55) ** 2)))
    colour = np.array(person.skin, np.float32) * (0.78 - 0.3 * inner)[..., None]
    return np.asarray(colour, np.float32), np.asarray(cover, np.float32)


def _over(below: tuple[Array, Array], above: tuple[Array, Array]) -> tuple[Array, Array]:
    """Lay ``above`` over ``below``; colours are not multiplied by cover."""
    cover = above[1] + below[1] * (1 - above[1])
    weight = above[1] / np.maximum(cover, 1e-6)
    return below[0] + weight[..., None] * (above[0] - below[0]), cover


def _grid(
    corner: tuple[int, int], size: tuple[int, int], middle: tuple[float, float], half: float, fine: int
) -> tuple[Array, Array]:
    """Rays of a patch, ``fine`` a pixel, in half face widths from ``middle``."""
    xs = (corner[0] + (np.arange(size[0] * fine) + 0.5) / fine - middle[0]) / half
    ys = (corner[1] + (np.arange(size[1] * fine) + 0.5) / fine - middle[1]) / half
    x, y = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    return x, y


def _shrunk(layer: tuple[Array, Array], size: tuple[int, int]) -> Array:
    """Fine layer to picture pixels: ``(h, w, 4)``, colour times cover, and cover."""
    colour, cover = layer
    solid = np.dstack([colour * cover[..., None], cover])
    return np.asarray(cv2.resize(solid, size, interpolation=cv2.INTER_AREA), np.float32)


@lru_cache(maxsize=64)
def _body_patch(
    person: DrawnPerson, corner: tuple[int, int], size: tuple[int, int], middle: tuple[float, float], half: float
) -> Array:
    x, y = _grid(corner, size, middle, half, 2)
    return _shrunk(_over(_fall(person, x, y), _body(person, x, y)), size)


@lru_cache(maxsize=64)
def _head_patch(
    person: DrawnPerson,
    state: HeadState,
    corner: tuple[int, int],
    size: tuple[int, int],
    middle: tuple[float, float],
    half: float,
) -> Array:
    fine = 2 if 2 * half < _SMALL_PX else 1
    texture = paint_head(person, round(state.mouth_open * _LEVELS) / _LEVELS, round(state.blink * 2) / 2)
    ears = _ears(person, state, *_grid(corner, size, middle, half, 2 * fine))
    head = _lit_head(texture, state, *_grid(corner, size, middle, half, fine))
    return _shrunk(_over(ears, head), size)


def _window(
    canvas: NDArray[np.uint8], middle: tuple[float, float], reach: tuple[float, float, float], half: float
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Corner and size of the part of the canvas within ``reach`` (beside, above, below); size may be 0."""
    left, right = max(0, int(middle[0] - reach[0] * half)), min(canvas.shape[1], int(middle[0] + reach[0] * half) + 2)
    top, bottom = max(0, int(middle[1] - reach[1] * half)), min(canvas.shape[0], int(middle[1] + reach[2] * half) + 2)
    return (left, top), (max(0, right - left), max(0, bottom - top))


def _paste(canvas: NDArray[np.uint8], patch: Array, corner: tuple[int, int]) -> None:
    spot = canvas[corner[1] : corner[1] + patch.shape[0], corner[0] : corner[0] + patch.shape[1]]
    spot[:] = np.clip(spot * (1 - patch[..., 3:]) + patch[..., :3] + 0.5, 0, 255).astype(np.uint8)


def draw_head(
    canvas: NDArray[np.uint8], person: DrawnPerson, state: HeadState, centre: tuple[float, float], size_px: float
) -> DrawnHead:
    """Draw a person's head, neck and shoulders into a picture.

    Args:
        canvas: ``(h, w, 3) uint8 BGR``, drawn into; what lies outside is cut off. Pass a view to keep inside a tile.
        person: Who.
        state: What the head does; nothing is drawn when it is not present.
        centre: Middle of the head at rest (x, y), picture pixels.
        size_px: Face width, cheek to cheek, in pixels; 16 to 200 is what the shapes are made for.

    Returns:
        Where the head is.
    """
    place = locate_head(person, state, centre, size_px)
    if not state.present:
        return place
    half = size_px / 2
    # Half pixels are fine enough for a body, and let slow movement use a patch again.
    rest = (round(2 * (centre[0] + state.sway[0] * size_px)) / 2, round(2 * (centre[1] + state.sway[1] * size_px)) / 2)
    corner, size = _window(canvas, rest, (2.6, 1.5, 9.0), half)
    if min(size) > 0:
        _paste(canvas, _body_patch(person, corner, size, rest, half), corner)
    corner, size = _window(canvas, place.centre_px, (1.35, 1.65, 1.65), half)
    if min(size) > 0:
        _paste(canvas, _head_patch(person, state, corner, size, place.centre_px, half), corner)
    return place
