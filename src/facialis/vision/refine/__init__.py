"""Contour refinement: edges of the picture in place of the network's guess."""

from facialis.vision.refine.face import FaceEvidence, SideEvidence, apply_evidence, gather_evidence

__all__ = ["FaceEvidence", "SideEvidence", "apply_evidence", "gather_evidence"]
