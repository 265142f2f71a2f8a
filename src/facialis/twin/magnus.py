"""Sixth-order Magnus steps of a linear system of two states: exact while its matrix rests."""

import math
from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

NODES = (0.5 - math.sqrt(15) / 10, 0.5, 0.5 + math.sqrt(15) / 10)
"""Where in a step the matrix is needed: the three points of Gauss and Legendre."""
WEIGHTS = (5 / 18, 8 / 18, 5 / 18)

SMALL = 1e-3
"""Below this square the difference quotient of exponentials loses digits, and its series is exact."""

Entry = Float[Array, "..."]


class Matrix2(NamedTuple):
    """[[a, b], [c, d]], each entry an array."""

    a: Entry
    b: Entry
    c: Entry
    d: Entry

    def plus(self, other: "Matrix2", factor: float | Entry = 1.0) -> "Matrix2":
        """Self + factor * other."""
        return Matrix2(*(x + factor * y for x, y in zip(self, other, strict=True)))

    def times(self, factor: float | Entry) -> "Matrix2":
        """Each entry times ``factor``."""
        return Matrix2(*(factor * x for x in self))

    def commutator(self, other: "Matrix2") -> "Matrix2":
        """Self other - other self; its trace is 0."""
        top = self.b * other.c - other.b * self.c
        right = self.a * other.b + self.b * other.d - other.a * self.b - other.b * self.d
        left = self.c * other.a + self.d * other.c - other.c * self.a - other.d * self.c
        return Matrix2(top, right, left, -top)

    def apply(self, x: Entry, y: Entry) -> tuple[Entry, Entry]:
        """The matrix times (x, y)."""
        return self.a * x + self.b * y, self.c * x + self.d * y


def magnus_exponent(first: Matrix2, middle: Matrix2, last: Matrix2, step_days: Entry) -> Matrix2:
    """The exponent of one step, from the matrix at the three `NODES`; error of order 7 in the step.

    Notes
    -----
    Blanes, Casas, Oteo and Ros (2009), The Magnus expansion and some of its applications, Physics
    Reports 470: the sixth-order method with Gauss nodes.
    """
    one = middle.times(step_days)
    two = last.plus(first, -1.0).times(step_days * math.sqrt(15) / 3)
    three = last.plus(middle, -2.0).plus(first).times(step_days * 10 / 3)
    inner = one.commutator(two)
    outer = one.commutator(three.times(2.0).plus(inner)).times(-1 / 60)
    twice = one.times(-20.0).plus(three, -1.0).plus(inner).commutator(two.plus(outer))
    return one.plus(three, 1 / 12).plus(twice, 1 / 240)


def exponential(matrix: Matrix2) -> Matrix2:
    """The exponential of a matrix whose eigenvalues are real, in closed form."""
    mean = (matrix.a + matrix.d) / 2
    half = (matrix.a - matrix.d) / 2
    square = half * half + matrix.b * matrix.c
    is_small = square < SMALL
    root = jnp.sqrt(jnp.where(is_small, 1.0, square))
    up, down = jnp.exp(mean + root), jnp.exp(mean - root)
    series_sinh = 1 + square / 6 * (1 + square / 20 * (1 + square / 42))
    series_cosh = 1 + square / 2 * (1 + square / 12 * (1 + square / 30))
    centre = jnp.exp(mean)
    sinh = jnp.where(is_small, centre * series_sinh, (up - down) / (2 * root))
    cosh = jnp.where(is_small, centre * series_cosh, (up + down) / 2)
    return Matrix2(cosh + half * sinh, matrix.b * sinh, matrix.c * sinh, cosh - half * sinh)
