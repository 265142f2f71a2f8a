"""Synthetic faces of invented patients, with the exact place of every point."""

from facialis.vision.synthetic.camera import CameraSetting, random_camera
from facialis.vision.synthetic.identity import Beard, FaceIdentity, HairStyle, SideTraits, random_identity
from facialis.vision.synthetic.motion import FaceMotion, SideSigns, motion_of
from facialis.vision.synthetic.patient_set import write_patient_set
from facialis.vision.synthetic.render import SyntheticPhoto, render_face
from facialis.vision.synthetic.twin_patient import PalsyKind, TwinPatient, example_patient, motions_of

__all__ = [
    "Beard",
    "CameraSetting",
    "FaceIdentity",
    "FaceMotion",
    "HairStyle",
    "PalsyKind",
    "SideSigns",
    "SideTraits",
    "SyntheticPhoto",
    "TwinPatient",
    "example_patient",
    "motion_of",
    "motions_of",
    "random_camera",
    "random_identity",
    "render_face",
    "write_patient_set",
]
