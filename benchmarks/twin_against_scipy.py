"""How far the twin's nerve lies from SciPy's integration of the same equations, in 200 random patients.

The aim is a relative error under 1e-6 in every state (states below a thousandth count as a thousandth).
The table says which states meet it.
"""

from tests.reference.test_twin_against_scipy import worst_errors

PATIENTS = 200
AIM = 1e-6


def main() -> None:
    """Print the worst relative error of each state."""
    worst = worst_errors(PATIENTS)
    for name, error in sorted(worst.items(), key=lambda item: -item[1]):
        print(f"{name:<22} {error:9.1e}  {'met' if error < AIM else 'not met'}")


if __name__ == "__main__":
    main()
