"""Hair of the head, behind and before the face, and the ears."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from facialis.anatomy.sides import Side, lateral_sign
from facialis.vision.synthetic.camera import CameraSetting, Projection
from facialis.vision.synthetic.head_surface import neutral_head
from facialis.vision.synthetic.identity import FaceIdentity, HairStyle
from facialis.vision.synthetic.painting import Image, covered_part, lay, linear, over, patch_over
from facialis.vision.synthetic.raster import coarse_size, enlarge, rasterise_grid, soft_coverage
from facialis.vision.synthetic.scene import Scene
from facialis.vision.synthetic.shape import shape_face, smoothstep
from facialis.vision.synthetic.skin import grid_normals, light_vector
from facialis.vision.synthetic.skin_texture import TOP_MM, skin_colour, texture_coordinates, unrolled_grid

Array = NDArray[np.float64]

THICKNESS_MM = {HairStyle.SHORT: 11.0, HairStyle.LONG: 12.0, HairStyle.CROPPED: 2.5}
HAIRLINE_U_MM = (0.0, 16.0, 34.0, 50.0, 64.0, 76.0, 86.0, 95.0, 103.0, 112.0, 200.0)
HAIRLINE_Y_MM = (67.0, 67.5, 70.0, 66.0, 52.0, 34.0, 18.0, -2.0, 8.0, -10.0, -60.0)
"""Height of the hairline over the unrolled head, from the forehead round to the nape."""
GRID_STEP = 2
"""Hair is smoother than skin: every second point of the head's grid is enough."""
COMB_LEAN = 0.75
"""How far strands run sideways for each mm that they run down."""


def hair_cover(u: Array, y: Array, softness_mm: float) -> Array:
    """How far a place of the unrolled head is covered by hair (0-1)."""
    line = np.interp(np.abs(u), HAIRLINE_U_MM, HAIRLINE_Y_MM)
    return smoothstep(y - line, -softness_mm, softness_mm)


@lru_cache(maxsize=2)
def _strands(identity: FaceIdentity) -> Image:
    """Brightness of strands that are combed sideways over the unrolled head, mean 1."""
    rng = np.random.default_rng(identity.texture_seed + 2)
    u, y = unrolled_grid()
    strands = np.zeros(u.shape, dtype=np.float32)
    for columns, rows, depth in ((u.shape[1] // 2, 7, 0.24), (u.shape[1] // 9, 3, 0.2)):
        knots = cv2.GaussianBlur(rng.standard_normal((rows, columns), dtype=np.float32), (0, 0), 0.5)
        band = cv2.resize(knots / knots.std(), (u.shape[1], u.shape[0]), interpolation=cv2.INTER_CUBIC)
        strands += depth * band
    lean = COMB_LEAN * np.clip(TOP_MM - y, 0.0, 70.0) + 0.02 * (y - 60.0) ** 2 * np.tanh(u / 60.0)
    column, row = texture_coordinates(np.stack([u + lean, y], axis=-1))
    combed = cv2.remap(strands, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(1.0 + combed, 0.4, None), dtype=np.float32)


def paint_scalp_hair(
    image: Image, identity: FaceIdentity, camera: CameraSetting, projection: Projection
) -> None:
    """Paint hair that lies on the head; changes ``image``."""
    grid, place = (a[::GRID_STEP, ::GRID_STEP] for a in (neutral_head().points, neutral_head().unrolled))
    points = shape_face(grid.reshape(-1, 3), identity).reshape(grid.shape)
    cover = hair_cover(place[..., 0], place[..., 1], 6.0)
    lift = THICKNESS_MM[identity.hair_style] * hair_cover(place[..., 0], place[..., 1] - 9.0, 14.0)
    points = (
        points
        + grid_normals(points) * (lift * (0.3 + 0.7 * smoothstep(points[..., 1], 25.0, 95.0)))[..., None]
    )
    values = np.concatenate([grid_normals(points) @ projection.rotation.T, place, cover[..., None]], axis=-1)
    shrink, size = coarse_size(camera.width_px, camera.height_px)
    lowest = max(int(np.nonzero((cover > 0.0).any(axis=1))[0].min()) - 1, 0)
    haired = slice(lowest, None)
    seen = rasterise_grid(
        (projection.project(points[haired]) + 0.5) * shrink - 0.5,
        projection.turned(points[haired])[..., 2],
        values[haired].astype(np.float32),
        size,
    )
    normals = seen.values[..., :3]
    towards = light_vector(camera)
    half = towards + np.array([0.0, 0.0, 1.0], dtype=np.float32)
    facing = np.clip(normals @ towards * 0.75 + 0.25, 0.05, 1.0)
    glow = camera.ambient * 0.7 + 0.9 * facing * camera.light_intensity
    band = 0.028 * np.clip(normals @ (half / np.linalg.norm(half)), 0.0, 1.0) ** 14
    full = enlarge(np.dstack([glow, band, seen.values[..., 3:6]]), camera.width_px, camera.height_px)
    covered = soft_coverage(seen.mask, camera.width_px, camera.height_px)
    part = covered_part(covered)
    full = full[part]
    glow, band, unrolled, rooted = full[..., 0], full[..., 1], full[..., 2:4], full[..., 4]
    mirror = np.array([-1.0 if identity.texture_mirrored else 1.0, 1.0], dtype=np.float32)
    column, row = texture_coordinates(unrolled * mirror)
    strands = cv2.remap(_strands(identity), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    colour = linear(identity.hair_colour) * (glow * strands)[..., None] + (band * strands)[..., None]
    jagged = np.clip((rooted - 0.5 + 1.1 * (strands - 1.0) * (1.0 - rooted)) * 2.2 + 0.5, 0.0, 1.0)
    jagged *= np.clip(4.0 * rooted, 0.0, 1.0)
    if identity.hair_style is HairStyle.CROPPED:
        jagged *= 0.92
    lay(image[part], colour, jagged * covered[part])


def _curve(points: list[tuple[float, float, float]], count: int) -> Array:
    knots = np.array(points)
    t = np.linspace(0.0, len(points) - 1.0, count)
    line = np.stack([np.interp(t, np.arange(len(points)), knots[:, k]) for k in range(3)], axis=1)
    for _ in range(6):
        line[1:-1] = (line[:-2] + 2.0 * line[1:-1] + line[2:]) / 4.0
    return line


def paint_hair_behind(scene: Scene) -> None:
    """Paint long hair that falls behind neck and ears."""
    if scene.identity.hair_style is not HairStyle.LONG:
        return
    for side in Side:
        _lock(
            scene,
            side,
            [
                (0.0, 127.0, -70.0),
                (30.0, 125.0, -70.0),
                (66.0, 104.0, -70.0),
                (84.0, 50.0, -80.0),
                (92.0, -40.0, -85.0),
                (104.0, -420.0, -60.0),
            ],
            [
                (0.0, 60.0, -60.0),
                (0.0, 20.0, -70.0),
                (0.0, -40.0, -85.0),
                (20.0, -120.0, -85.0),
                (44.0, -420.0, -60.0),
            ],
            260,
            scene.chances("hair_behind", side),
        )


def paint_hair_before(scene: Scene) -> None:
    """Paint locks before the ears, and a fringe."""
    if scene.identity.hair_style is HairStyle.LONG:
        for side in Side:
            _lock(
                scene,
                side,
                [
                    (0.0, 127.0, -60.0),
                    (30.0, 126.0, -55.0),
                    (58.0, 112.0, -50.0),
                    (72.0, 86.0, -38.0),
                    (86.0, 30.0, -55.0),
                    (92.0, -50.0, -60.0),
                    (96.0, -420.0, -40.0),
                ],
                [
                    (0.0, 70.0, 4.0),
                    (26.0, 68.0, -2.0),
                    (54.0, 54.0, -18.0),
                    (71.0, 18.0, -46.0),
                    (74.0, -50.0, -55.0),
                    (56.0, -420.0, -40.0),
                ],
                190,
                scene.chances("hair_before", side),
            )
    if scene.identity.fringe_over_brow:
        for side in Side:
            _lock(
                scene,
                side,
                [(-6.0, 96.0, 0.0), (30.0, 84.0, 0.0), (58.0, 56.0, -12.0), (68.0, 26.0, -30.0)],
                [(-4.0, 70.0, 10.0), (2.0, 40.0, 14.0), (20.0, 27.0, 14.0), (48.0, 20.0, 4.0)],
                150,
                scene.chances("hair_before", side),
            )


def _lock(
    scene: Scene,
    side: Side,
    outer: list[tuple[float, float, float]],
    inner: list[tuple[float, float, float]],
    count: int,
    rng: np.random.Generator,
) -> None:
    """A sheet of strands between two curves given in lateral head coordinates."""
    sign = np.array([lateral_sign(side), 1.0, 1.0])
    rim, core = _curve(outer, 40) * sign, _curve(inner, 40) * sign
    patch = scene.patch(np.concatenate([rim, core]), 6.0, 3.0)
    if patch is None:
        return
    rim_px, core_px = scene.project(rim), scene.project(core)
    body = patch.soften(patch.polygon(np.concatenate([rim_px, core_px[::-1]])), 1.2)
    hair = linear(scene.identity.hair_colour)
    glow = 0.35 + 0.35 * scene.camera.light_intensity
    depth = 0.45 + 0.75 * patch.soften(body, 9.0)
    canvas = over(patch.cut(scene.image), hair * (0.6 * glow * depth)[..., None], body)
    shares = rng.uniform(-0.03, 1.03, count)
    for brightness, chosen in ((0.35, shares[::3]), (0.8, shares[1::3]), (1.25, shares[2::3])):
        strands = []
        for share in chosen:
            wave = rng.normal(0.0, 0.03) + 0.02 * np.sin(
                np.linspace(0, rng.uniform(3, 8), 40) + rng.uniform(0, 6)
            )
            weight = np.clip(share + wave, 0.0, 1.0)[:, None]
            strands.append(core_px + (rim_px - core_px) * weight)
        canvas = over(
            canvas,
            hair * (brightness * glow * depth)[..., None],
            0.6 * np.clip(patch.hairs(np.stack(strands), 0.7), 0, 1),
        )
    patch.paste(scene.image, canvas, np.ones(patch.size, dtype=np.float32))


EAR_CENTRE_MM = np.array([70.0, -7.0, -74.0])
EAR_HALF_HEIGHT_MM, EAR_WIDTH_MM, EAR_FLARE_DEG = 29.0, 31.0, 27.0


def paint_ears(scene: Scene) -> None:
    """Paint both ears: an outline, the rolled rim and the hollow."""
    turn = np.linspace(0.0, 2.0 * np.pi, 60, endpoint=False)
    flare = np.deg2rad(EAR_FLARE_DEG)
    skin = linear(skin_colour(scene.identity)) * np.array([1.02, 0.9, 0.88], dtype=np.float32)

    def ear(scale: float, shift: float, sign: int) -> Array:
        round_end = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.7
        back = (round_end * 0.5 + 0.5) * EAR_WIDTH_MM * scale + shift
        up = np.sin(turn) * EAR_HALF_HEIGHT_MM * scale * (1.0 - 0.12 * np.cos(turn))
        lobe = 1.0 - 0.25 * np.clip(-np.sin(turn), 0, 1)
        lateral = EAR_CENTRE_MM[0] * scene.identity.face_width + back * lobe * np.sin(flare)
        return np.stack(
            [sign * lateral, EAR_CENTRE_MM[1] + up, EAR_CENTRE_MM[2] - back * np.cos(flare) * 0.4], axis=1
        )

    for side in Side:
        sign = lateral_sign(side)
        outline = ear(1.0, -2.0, sign)
        patch = patch_over(scene.project(outline), 4.0, scene.camera.mm_per_px, scene.image.shape[:2], 4.0)
        if patch is None:
            continue
        towards = light_vector(scene.camera)
        bright = 0.55 * scene.camera.ambient + 0.6 * float(np.clip(0.5 + 0.6 * sign * towards[0], 0.15, 1.0))
        canvas = patch.cut(scene.image)
        whole = patch.polygon(scene.project(outline))
        inner = patch.soften(patch.polygon(scene.project(ear(0.74, 1.0, sign))), 1.4)
        hollow = patch.soften(patch.polygon(scene.project(ear(0.4, -1.0, sign))), 1.6)
        shade = bright * (1.0 - 0.3 * inner - 0.35 * hollow) * (0.85 + 0.15 * patch.soften(whole, 1.5))
        canvas = over(canvas, (skin * shade[..., None]).astype(np.float32), patch.soften(whole, 0.25))
        patch.paste(scene.image, canvas, np.ones(patch.size, dtype=np.float32))
