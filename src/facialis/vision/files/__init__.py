"""From hostile files to upright sRGB pictures, each refusal a sentence."""

from facialis.vision.files.inputs import InputFile, expand_inputs
from facialis.vision.files.load import load_photo, load_photos
from facialis.vision.files.photo import Photo, PhotoError, RefusedPhoto

__all__ = ["InputFile", "Photo", "PhotoError", "RefusedPhoto", "expand_inputs", "load_photo", "load_photos"]
