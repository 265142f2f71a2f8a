"""Face detection and the 478-point face mesh of MediaPipe 0.10.21: image in, JSON out.

The program runs in its own environment (MediaPipe needs numpy < 2) and is spoken to over
stdin and stdout. It opens no file but the models inside the MediaPipe wheel, and no socket.

On start it writes one line, the greeting: ``{"worker", "protocol", "versions", "models", ...}``.
Then, for each request:

- the caller writes one JSON line ``{"id", "task": "find" | "mesh", "shape": [n, height, width, 3]}``
  and directly after it the ``n * height * width * 3`` bytes of n RGB images;
- the program answers with one JSON line ``{"id", "images": [...]}``, or ``{"id", "error"}``.
  ``find``: per image a list of ``{"score", "box", "keypoints"}``, in fractions of the image;
  ``mesh``: per image ``{"presence", "points"}``, the 478 points (x, y, z) in pixels of the image,
  or null where the image shows no face.

Raw bytes after a JSON header rather than a file or shared memory: the caller sends only small
pictures (a reduced photograph of 256 px, a face crop of 192 px, about 0.1-0.2 MB), which a pipe
carries in well under a millisecond, and nothing of a patient can be left behind on a disk.

End of input ends the program.
"""

import argparse
import hashlib
import json
import os
import resource
import sys
import types
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

PROTOCOL = 1
LARGEST_REQUEST_BYTES = 64 * 1024 * 1024
"""More than any honest request; a corrupt header must not make the program ask for gigabytes."""
CROP_SIZE_PX = 192
"""Input side of the attention mesh."""
MODELS = {
    "mesh": "modules/face_landmark/face_landmark_with_attention.tflite",
    "near": "modules/face_detection/face_detection_short_range.tflite",
    "far": "modules/face_detection/face_detection_full_range_sparse.tflite",
}


def import_mediapipe() -> Path:
    """Make MediaPipe's submodules importable without its eager package imports; return its folder.

    ``mediapipe/__init__.py`` imports every solution and task, and with them matplotlib, JAX,
    OpenCV and a sound library. None is needed to run a graph, so a bare package takes its place.
    """
    spec = find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("mediapipe is not installed in this environment; run `make env`")
    folder = Path(spec.submodule_search_locations[0])
    package = types.ModuleType("mediapipe")
    package.__path__ = [str(folder)]
    package.__spec__ = spec
    sys.modules["mediapipe"] = package
    return folder


MEDIAPIPE = import_mediapipe()
for _messages in (
    "calculators.core.constant_side_packet_calculator_pb2",
    "calculators.core.split_vector_calculator_pb2",
    "calculators.tensor.image_to_tensor_calculator_pb2",
    "calculators.tensor.inference_calculator_pb2",
    "calculators.tensor.tensors_to_floats_calculator_pb2",
    "framework.formats.detection_pb2",
    "framework.formats.landmark_pb2",
):
    # Importing a module registers its messages: the options in the graphs below, and the answers.
    import_module(f"mediapipe.{_messages}")

# Only after the bare package stands in `sys.modules`.
from google.protobuf import text_format  # noqa: E402
from mediapipe.framework import calculator_pb2  # noqa: E402
from mediapipe.python import packet_creator, packet_getter  # noqa: E402
from mediapipe.python._framework_bindings import calculator_graph, image_frame, resource_util  # noqa: E402

FIND_GRAPH = """
input_stream: "image"
output_stream: "near"
output_stream: "far"
node { calculator: "FaceDetectionShortRangeCpu" input_stream: "IMAGE:image" output_stream: "DETECTIONS:near" }
node { calculator: "FaceDetectionFullRangeCpu" input_stream: "IMAGE:image" output_stream: "DETECTIONS:far" }
"""
"""Both detectors: one is made for faces that fill the picture, one for faces further away."""

MESH_GRAPH = """
input_stream: "image"
output_stream: "points"
output_stream: "presence"
node {
  calculator: "ImageToTensorCalculator"
  input_stream: "IMAGE:image"
  output_stream: "TENSORS:input"
  options { [mediapipe.ImageToTensorCalculatorOptions.ext] {
    output_tensor_width: 192 output_tensor_height: 192 output_tensor_float_range { min: 0.0 max: 1.0 }
  } }
}
node { calculator: "ConstantSidePacketCalculator" output_side_packet: "PACKET:with_attention"
  options { [mediapipe.ConstantSidePacketCalculatorOptions.ext] { packet { bool_value: true } } }
}
node { calculator: "FaceLandmarksModelLoader" input_side_packet: "WITH_ATTENTION:with_attention"
  output_side_packet: "MODEL:model" }
node { calculator: "TfLiteCustomOpResolverCalculator" output_side_packet: "OP_RESOLVER:resolver" }
node {
  calculator: "InferenceCalculatorCpu"
  input_stream: "TENSORS:input"
  output_stream: "TENSORS:output"
  input_side_packet: "MODEL:model"
  input_side_packet: "OP_RESOLVER:resolver"
  options { [mediapipe.InferenceCalculatorOptions.ext] { delegate { xnnpack { num_threads: 1 } } } }
}
node {
  calculator: "SplitTensorVectorCalculator"
  input_stream: "output"
  output_stream: "mesh_tensors"
  output_stream: "presence_tensor"
  options { [mediapipe.SplitVectorCalculatorOptions.ext] {
    ranges { begin: 0 end: 6 } ranges { begin: 6 end: 7 }
  } }
}
node {
  calculator: "TensorsToFloatsCalculator"
  input_stream: "TENSORS:presence_tensor"
  output_stream: "FLOAT:presence"
  options { [mediapipe.TensorsToFloatsCalculatorOptions.ext] { activation: SIGMOID } }
}
node { calculator: "TensorsToFaceLandmarksWithAttention"
  input_stream: "TENSORS:mesh_tensors" output_stream: "LANDMARKS:points" }
"""
"""MediaPipe's face landmark graph for one ready crop, with the presence score let out."""


class Graph:
    """A running MediaPipe graph that takes one image and gives its output packets."""

    def __init__(self, text: str) -> None:
        config = text_format.Parse(text, calculator_pb2.CalculatorGraphConfig())
        self._graph = calculator_graph.CalculatorGraph(graph_config=config)
        self._packets: dict[str, Any] = {}
        for name in config.output_stream:
            self._graph.observe_output_stream(name, self._packets.__setitem__)
        self._graph.start_run()
        self._time = 0

    def run(self, image_rgb: np.ndarray) -> dict[str, Any]:
        """Send an RGB image through the graph; return the packets by stream name."""
        self._packets.clear()
        self._time += 1
        frame = packet_creator.create_image_frame(
            image_format=image_frame.ImageFormat.SRGB, data=np.ascontiguousarray(image_rgb)
        )
        self._graph.add_packet_to_input_stream("image", frame.at(self._time))
        self._graph.wait_until_idle()
        return dict(self._packets)


def find(graph: Graph, image_rgb: np.ndarray) -> list[dict[str, Any]]:
    """Return the faces of both detectors; the caller merges those that are the same face."""
    packets = graph.run(image_rgb)
    faces = []
    for stream in ("near", "far"):
        packet = packets.get(stream)
        for detection in packet_getter.get_proto_list(packet) if packet is not None else ():
            location = detection.location_data
            box = location.relative_bounding_box
            faces.append(
                {
                    "score": detection.score[0],
                    "box": [box.xmin, box.ymin, box.width, box.height],
                    "keypoints": [[point.x, point.y] for point in location.relative_keypoints],
                }
            )
    return faces


def mesh(graph: Graph, image_rgb: np.ndarray) -> dict[str, Any]:
    """Return the mesh in a square face crop, and how sure the network is that it holds a face."""
    packets = graph.run(image_rgb)
    side = image_rgb.shape[1]
    landmarks = packet_getter.get_proto(packets["points"]).landmark
    points = [[round(p.x * side, 4), round(p.y * side, 4), round(p.z * side, 4)] for p in landmarks]
    return {"presence": packet_getter.get_float(packets["presence"]), "points": points}


def answer(request: dict[str, Any], source: BinaryIO, tasks: dict[str, Callable[..., Any]]) -> dict[str, Any]:
    """Read the pictures of a request and do its task on each."""
    shape = [int(length) for length in request["shape"]]
    size = int(np.prod(shape, dtype=object))
    if len(shape) != 4 or shape[3] != 3 or min(shape) < 1 or size > LARGEST_REQUEST_BYTES:
        # Without a believable length the stream cannot be followed any further.
        raise SystemExit(f"shape {shape} is not that of n RGB images of at most 64 MB; the request ends here")
    pixels = source.read(size)
    if len(pixels) < size:
        raise SystemExit("the input ended within a picture")
    task = tasks.get(request["task"])
    if task is None:
        return {
            "id": request["id"],
            "error": f"task {request['task']!r} is unknown; known are {sorted(tasks)}",
        }
    images = np.frombuffer(pixels, np.uint8).reshape(shape)
    return {"id": request["id"], "images": [task(image) for image in images]}


def greeting() -> dict[str, Any]:
    """Who answers: versions and model hashes, so that every measure can name its origin."""
    hashes = {
        name: hashlib.sha256((MEDIAPIPE / path).read_bytes()).hexdigest() for name, path in MODELS.items()
    }
    versions = {name: version(name) for name in ("mediapipe", "numpy", "protobuf")}
    versions["python"] = sys.version.split()[0]
    return {
        "worker": "face_mesh",
        "protocol": PROTOCOL,
        "crop_size_px": CROP_SIZE_PX,
        "versions": versions,
        "models": hashes,
    }


def main() -> None:
    """Greet, then answer requests until the input ends."""
    parser = argparse.ArgumentParser(description="Face mesh worker; spoken to over stdin and stdout.")
    parser.add_argument(
        "--memory-mb", type=int, default=0, help="limit of the process's own memory; 0 = none"
    )
    options = parser.parse_args()
    if options.memory_mb:
        limit = options.memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    # The C++ library may print; whatever goes to file descriptor 1 from now on lands in stderr.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    resource_util.set_resource_dir(str(MEDIAPIPE.parent))
    find_graph, mesh_graph = Graph(FIND_GRAPH), Graph(MESH_GRAPH)
    tasks: dict[str, Callable[..., Any]] = {
        "find": lambda image: find(find_graph, image),
        "mesh": lambda image: mesh(mesh_graph, image),
    }

    def write(message: dict[str, Any]) -> None:
        sink.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
        sink.flush()

    write(greeting())
    for line in iter(sys.stdin.buffer.readline, b""):
        write(answer(json.loads(line), sys.stdin.buffer, tasks))


if __name__ == "__main__":
    main()
