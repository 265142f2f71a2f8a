"""Synthetic faces of invented patients, with the exact place of every point."""

from facialis.vision.synthetic.camera import CameraSetting, random_camera
from facialis.vision.synthetic.deformation import Deformation, SideDeformation
from facialis.vision.synthetic.identity import Beard, FaceIdentity, HairStyle, SideTraits, random_identity
from facialis.vision.synthetic.palsy import PalsyKind, PalsyPattern, expression_of, palsy_pattern
from facialis.vision.synthetic.patient_set import write_patient_set
from facialis.vision.synthetic.render import SyntheticPhoto, render_face

__all__ = [
    "Beard",
    "CameraSetting",
    "Deformation",
    "FaceIdentity",
    "HairStyle",
    "PalsyKind",
    "PalsyPattern",
    "SideDeformation",
    "SideTraits",
    "SyntheticPhoto",
    "expression_of",
    "palsy_pattern",
    "random_camera",
    "random_identity",
    "render_face",
    "write_patient_set",
]
