"""Wears a clean page as paper, a scanner or a phone do. All is drawn from a seed; the same seed, the same page."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

Transform = Callable[[np.ndarray], np.ndarray]  # points of shape (n, 2) of the clean page to those of the worn one


@dataclass(frozen=True)
class Wear:
    skew: float = 0.0  # degrees
    perspective: float = 0.0  # how far a corner may leave its place, share of the width
    fade: float = 0.0  # share of the ink that is lost where it is palest
    gaps: float = 0.0  # share of the ink's area that is missing in small flecks
    bleed: float = 0.0  # ink of the other side, share of full ink
    light: float = 0.0  # how much darker the darkest corner is
    blur: float = 0.0  # radius in pixels
    motion: int = 0  # length of a horizontal smear in pixels
    noise: float = 0.0  # standard deviation in grey levels
    speckle: float = 0.0  # dots for 10,000 pixels
    scale: float = 1.0  # resolution left
    jpeg: int = 0  # quality; 0 is no compression
    paper: int = 255  # grey of the paper


LEVELS = 5


def drawn(rng: np.random.Generator, level: int) -> Wear:
    """A wear of a level: 0 good scan, 1 office scanner, 2 phone by day, 3 fax or phone by night, 4 bad copy."""
    if level == 0:
        return Wear(skew=_u(rng, -0.3, 0.3), noise=_u(rng, 1, 4), blur=_u(rng, 0, 0.4), jpeg=90, paper=252)
    (skew, lean, fade, gaps, bleed, light, blur, motion, noise, speckle, low, high, jpeg, paper) = (
        (0.8, 0.0, 0.2, 0.005, 0.05, 0.05, 0.6, 1, 6, 0.2, 0.9, 1.0, 75, 246),
        (1.2, 0.008, 0.3, 0.01, 0.08, 0.12, 0.8, 2, 8, 0.3, 0.75, 0.95, 60, 242),
        (1.5, 0.01, 0.4, 0.02, 0.1, 0.15, 1.0, 3, 10, 0.5, 0.65, 0.85, 45, 236),
        (1.5, 0.012, 0.5, 0.04, 0.12, 0.18, 1.2, 3, 13, 0.8, 0.55, 0.75, 35, 230),
    )[level - 1]
    return Wear(
        skew=_u(rng, -skew, skew),
        perspective=_u(rng, 0, lean),
        fade=_u(rng, 0, fade),
        gaps=_u(rng, 0, gaps),
        bleed=_u(rng, 0, bleed),
        light=_u(rng, 0, light),
        blur=_u(rng, blur / 2, blur),
        motion=int(rng.integers(0, motion + 1)),
        noise=_u(rng, noise / 3, noise),
        speckle=_u(rng, 0, speckle),
        scale=_u(rng, low, high),
        jpeg=jpeg,
        paper=paper,
    )


def _u(rng: np.random.Generator, low: float, high: float) -> float:
    return float(rng.uniform(low, high))


def degrade(
    image: Image.Image, wear: Wear, rng: np.random.Generator, back: "Image.Image | None" = None
) -> "tuple[Image.Image, Transform]":
    """The worn page, and where its points have gone. `back` is what bleeds through; without one, the page itself."""
    width, height = image.size
    ink = 1.0 - np.asarray(image, dtype=np.float32) / 255.0
    if wear.fade:
        ink *= 1.0 - wear.fade * _cloud(rng, width, height, 6)
    if wear.gaps:
        fleck = _cloud(rng, width, height, max(8, width // 5))
        ink = np.where(fleck < np.quantile(fleck[::7, ::7], wear.gaps), ink * 0.15, ink)
    if wear.bleed:
        other = (back or image).transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize(image.size)
        ghost = 1.0 - np.asarray(other.filter(ImageFilter.GaussianBlur(1.6)), dtype=np.float32) / 255.0
        ink = np.maximum(ink, wear.bleed * np.roll(ghost, (11, 7), axis=(0, 1)))
    grey = Image.fromarray(np.uint8(np.clip((1.0 - ink) * wear.paper, 0, 255)))

    forward, backward = _homography(wear, rng, width, height)
    grey = grey.transform(
        (width, height), Image.Transform.PERSPECTIVE, backward, Image.Resampling.BICUBIC, fillcolor=wear.paper
    )
    if wear.blur:
        grey = grey.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.scale != 1.0:
        size = (max(1, round(width * wear.scale)), max(1, round(height * wear.scale)))
        grey = grey.resize(size, Image.Resampling.BOX if wear.scale <= 0.5 else Image.Resampling.BILINEAR)
    x_scale, y_scale = grey.width / width, grey.height / height

    level = np.asarray(grey, dtype=np.float32)
    if wear.motion > 1:
        level = sum(np.roll(level, shift, axis=1) for shift in range(wear.motion)) / wear.motion
    if wear.light:
        level = level * (1.0 - wear.light * _cloud(rng, grey.width, grey.height, 2))
    if wear.noise:
        level = level + rng.normal(0.0, wear.noise, level.shape)
    level = np.uint8(np.clip(level, 0, 255))
    for _ in range(int(wear.speckle * level.size / 10_000)):
        y, x = int(rng.integers(level.shape[0])), int(rng.integers(level.shape[1]))
        size = int(rng.integers(1, 4))
        level[y : y + size, x : x + size] = int(rng.integers(0, 90)) if rng.random() < 0.7 else 255
    worn = Image.fromarray(level)
    if wear.jpeg:
        file = io.BytesIO()
        worn.save(file, "JPEG", quality=wear.jpeg)
        worn = Image.open(io.BytesIO(file.getvalue())).convert("L")

    def transform(points: np.ndarray) -> np.ndarray:
        lifted = np.column_stack([points, np.ones(len(points))]) @ forward.T
        return lifted[:, :2] / lifted[:, 2:] * (x_scale, y_scale)

    return worn, transform


def _cloud(rng: np.random.Generator, width: int, height: int, cells: int) -> np.ndarray:
    """A smooth random field in [0, 1]: `cells` of noise across, blown up to the page."""
    rows = max(2, round(cells * height / width))
    small = Image.fromarray(rng.random((rows, max(2, cells)), dtype=np.float32))
    return np.clip(np.asarray(small.resize((width, height), Image.Resampling.BICUBIC)), 0.0, 1.0)


def _homography(wear: Wear, rng: np.random.Generator, width: int, height: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """The 3 x 3 matrix from the clean page to the worn one, and the eight numbers of the way back that Pillow takes."""
    angle = np.deg2rad(wear.skew)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    middle = np.array([width / 2, height / 2])
    target = (corners - middle) @ turn + middle + rng.uniform(-1, 1, (4, 2)) * wear.perspective * width
    forward = _solve(corners, target)
    return forward, tuple(_solve(target, corners).ravel()[:8])


def _solve(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(values)), 1.0).reshape(3, 3)
