"""Faces drawn from the priors."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from facialis.twin.errors import ParameterError
from facialis.twin.face.parameters import FaceParameters, face_from_scores, sample_faces, typical_face
from facialis.twin.priors import priors_of


def test_typical_face_has_the_medians_of_the_table():
    face = typical_face()
    for prior in priors_of("face_parameters"):
        assert float(getattr(face, prior.name)) == pytest.approx(prior.median)
    assert len(priors_of("face_parameters")) == len(FaceParameters.__dataclass_fields__)


def test_same_key_draws_the_same_faces_and_fixed_numbers_do_not_vary():
    faces = sample_faces(jax.random.key(3), 200)
    again = sample_faces(jax.random.key(3), 200)
    np.testing.assert_array_equal(faces.excursion_scale, again.excursion_scale)
    assert np.std(np.log(faces.excursion_scale)) == pytest.approx(0.2, rel=0.2)
    assert float(np.std(faces.skin_limit_mm)) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("count", [0, -1, 2.5, True])
def test_no_cohort_of_such_a_size(count):
    with pytest.raises(ParameterError, match=r"cohort of .* faces cannot be drawn"):
        sample_faces(jax.random.key(0), count)


def test_scores_fit_the_priors():
    with pytest.raises(ParameterError, match="There are 3 scores for 22 priors"):
        face_from_scores(jnp.zeros(3))
