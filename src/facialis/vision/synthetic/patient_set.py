"""Write the nine photographs of a twin, with their truth, or the frames of a film."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from facialis.anatomy.expressions import NINE_PHOTOGRAPHS, Expression
from facialis.anatomy.sides import Side
from facialis.errors import FacialisError
from facialis.vision.synthetic.clinic import clinic_camera, clinic_identity
from facialis.vision.synthetic.identity import FaceIdentity
from facialis.vision.synthetic.motion import FaceMotion
from facialis.vision.synthetic.render import SyntheticPhoto, render_face
from facialis.vision.synthetic.truth_json import motion_json, truth_of, twin_json
from facialis.vision.synthetic.twin_patient import PalsyKind, example_patient, motions_of

TRUTH_FILE = "truth.json"
STATEMENT = "The patient is invented and was drawn by a computer; no real person is shown."
FORMAT = "facialis-synthetic-truth/2"
JPEG_QUALITY = 93
FILM_WIDTH_PX = 480


class SyntheticSetError(FacialisError):
    """The set cannot be written where it was asked for."""

    code = "synthetic_set_refused"


def file_name(expression: Expression) -> str:
    """File name of an expression's photograph in a set."""
    return f"{expression.value}.jpg"


def photographs(
    motions: Mapping[Expression, FaceMotion],
    *,
    seed: int,
    width_px: int = 1200,
    identity: FaceIdentity | None = None,
) -> Iterator[tuple[Expression, SyntheticPhoto]]:
    """Take the nine photographs of one person, as a clinic would.

    Parameters
    ----------
    motions : mapping      What the face does in each of the nine expressions, as `motions_of` says.
    seed : int             The same seed gives the same person, cameras and noise.
    width_px : int         Width of each photograph; the height is 1.25 times as much.
    identity : FaceIdentity, optional
                           Who it is, in place of the seed's person.

    Yields
    ------
    (Expression, SyntheticPhoto)    In the order of `NINE_PHOTOGRAPHS`.
    """
    people, views = np.random.default_rng(seed).spawn(2)
    person = clinic_identity(people) if identity is None else identity
    standard = clinic_camera(views, width_px)
    for expression in NINE_PHOTOGRAPHS:
        head = clinic_camera(views, width_px)
        camera = replace(standard, yaw_deg=head.yaw_deg, pitch_deg=head.pitch_deg, roll_deg=head.roll_deg)
        yield expression, render_face(person, motions[expression], camera, views)


def identity_of(seed: int) -> FaceIdentity:
    """The person that `photographs` and `film` show for a seed."""
    return clinic_identity(np.random.default_rng(seed).spawn(2)[0])


def film(
    motions: Iterable[FaceMotion], *, seed: int, width_px: int = FILM_WIDTH_PX
) -> Iterator[SyntheticPhoto]:
    """Draw one person's movements one after another: same camera, straight head, nothing flickers.

    Parameters
    ----------
    motions : iterable     Of one expression on many days, say.
    seed, width_px         As for `photographs`.

    Yields
    ------
    SyntheticPhoto         One for each motion, without noise.
    """
    people, views = np.random.default_rng(seed).spawn(2)
    identity = clinic_identity(people)
    camera = replace(clinic_camera(views, width_px).frontal(), noise_sd=0.0)
    for motion in motions:
        yield render_face(identity, motion, camera, np.random.default_rng(0))


def photograph_twin(
    folder: Path,
    motions: Mapping[Expression, FaceMotion],
    about: Mapping[str, Any],
    *,
    seed: int,
    width_px: int = 1200,
    identity: FaceIdentity | None = None,
    force: bool = False,
    on_photo: Callable[[Expression], None] | None = None,
) -> list[Path]:
    """Write the nine photographs of a twin and their truth.

    Parameters
    ----------
    folder : Path          Made if absent.
    motions : mapping      What the face does in each expression.
    about : mapping        What the truth file says of the twin; ready for JSON, as `twin_json` makes it.
    seed, width_px, identity
                           As for `photographs`.
    force : bool           Overwrite files of a former set.
    on_photo               Called after each photograph is written.

    Returns
    -------
    list of Path           The photographs in the order of `NINE_PHOTOGRAPHS`, then the truth file.

    Raises
    ------
    SyntheticSetError      If files of a set are there already, or the folder cannot be written.
    """
    paths = _free_paths(folder, force=force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        person = identity_of(seed) if identity is None else identity
        for expression, photo in photographs(motions, seed=seed, width_px=width_px, identity=person):
            _write_jpeg(folder / file_name(expression), photo)
            entries.append(
                {
                    "file": file_name(expression),
                    "expression": expression.value,
                    **truth_of(photo),
                    **motion_json(motions[expression]),
                }
            )
            if on_photo is not None:
                on_photo(expression)
        truth = {
            "format": FORMAT,
            "statement": STATEMENT,
            "seed": seed,
            **about,
            "identity": asdict(person),
            "mirrored": "no",
            "photos": entries,
        }
        (folder / TRUTH_FILE).write_text(
            json.dumps(truth, indent=1, allow_nan=False) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise SyntheticSetError(
            f"The set could not be written to {folder}: {error.strerror}. "
            "Choose a folder that you may write to."
        ) from error
    return paths


def write_patient_set(
    folder: Path,
    *,
    seed: int,
    palsy: PalsyKind = PalsyKind.SYNKINETIC,
    side: Side = Side.LEFT,
    severity: float = 0.8,
    width_px: int = 1200,
    force: bool = False,
    on_photo: Callable[[Expression], None] | None = None,
) -> list[Path]:
    """Write the nine photographs of an example twin and their truth.

    Parameters
    ----------
    palsy, side, severity  What the patient has, as for `example_patient`.
    folder, seed, width_px, force, on_photo
                           As for `photograph_twin`.

    Returns
    -------
    list of Path           The photographs in the order of `NINE_PHOTOGRAPHS`, then the truth file.

    Raises
    ------
    PalsyError             If the severity lies outside 0 to 1.
    SyntheticSetError      If files of a set are there already, or the folder cannot be written.
    """
    # Refused before the twin is computed, which takes seconds.
    _free_paths(folder, force=force)
    patient = example_patient(palsy, side, severity)
    about = {
        "palsy": {"kind": palsy.value, "side": side.value, "severity": severity},
        "twin": twin_json(patient),
    }
    return photograph_twin(
        folder,
        motions_of(patient),
        about,
        seed=seed,
        width_px=width_px,
        force=force,
        on_photo=on_photo,
    )


def _free_paths(folder: Path, *, force: bool) -> list[Path]:
    """The files of a set; refuses to replace those that are there."""
    paths = [folder / file_name(e) for e in NINE_PHOTOGRAPHS] + [folder / TRUTH_FILE]
    present = [path.name for path in paths if path.exists()]
    if present and not force:
        raise SyntheticSetError(
            f"{folder} already holds {', '.join(present)}. Nothing was overwritten. "
            "Choose another folder, or give --force to replace them."
        )
    return paths


def _write_jpeg(path: Path, photo: SyntheticPhoto) -> None:
    _, coded = cv2.imencode(".jpg", photo.image_rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    path.write_bytes(coded.tobytes())
