"""One run of HiGHS."""

from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse
from jaxtyping import Float

from facialis.planning.programme.frame import Frame, Rows
from facialis.planning.programme.settings import SolverSettings
from facialis.planning.programme.tangents import Pieces

SOLVER_TOLERANCE = 1e-8
"""How exactly the solver keeps a row; finer than what the programme neglects."""
GAP_SHARE = 0.9
"""Of the gap wanted, what the solver may leave; the rest is for what the straight lines leave."""


@dataclass(frozen=True)
class Run:
    """What one run found.

    Attributes
    ----------
    taken : (choices,) array or None    Best choice, whole or in part; None if there is none, or none yet.
    bound : float                       No choice has a smaller loss and cost than this.
    seconds : float                     Time of the solver.
    is_impossible : bool                No choice keeps the rows.
    is_late : bool                      The time ran out.
    """

    taken: Float[np.ndarray, " choices"] | None
    bound: float
    seconds: float
    is_impossible: bool
    is_late: bool


def run_highs(
    frame: Frame,
    pieces: Pieces | None,
    rows: Rows,
    settings: SolverSettings,
    *,
    whole: bool,
    seconds: float = np.inf,
    start: Float[np.ndarray, " choices"] | None = None,
) -> Run:
    """Solve one linear programme, of whole choices or of parts of them.

    Parameters
    ----------
    frame : Frame
    pieces : Pieces or None     The terms' losses as they are known; None asks for any permitted choice.
    rows : Rows                 Those of the frame, and cuts.
    settings : SolverSettings
    whole : bool                Each choice is taken or not; else in part.
    seconds : float             Time for this run. [s]
    start : array, optional     A choice to begin from.

    Returns
    -------
    Run
    """
    # Not highspy.Highs, which prints a line when it is made: it adds callbacks and modelling, unused here.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", settings.seed),
        ("time_limit", max(float(seconds), 0.0)),
        ("mip_rel_gap", GAP_SHARE * settings.relative_gap),
        ("primal_feasibility_tolerance", SOLVER_TOLERANCE),
        ("mip_feasibility_tolerance", SOLVER_TOLERANCE),
        # With presolve, HiGHS has called wrong answers optimal and given a start another objective.
        # Without it, these programmes are solved no slower.
        ("presolve", "off"),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_model(frame, pieces, rows, whole=whole))
    count = frame.programme.count
    if start is not None:
        solver.setSolution(count, np.arange(count, dtype=np.int32), start)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    has_solution = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    taken = np.array(solver.getSolution().col_value)[:count] if has_solution else None
    is_done = status == highspy.HighsModelStatus.kOptimal
    is_impossible = status == highspy.HighsModelStatus.kInfeasible
    bound = info.mip_dual_bound if whole else info.objective_function_value if is_done else -np.inf
    return Run(
        taken=np.round(taken) if whole and taken is not None else taken,
        bound=np.inf if is_impossible else bound / frame.scale,
        seconds=solver.getRunTime(),
        is_impossible=is_impossible,
        is_late=status == highspy.HighsModelStatus.kTimeLimit,
    )


def _model(frame: Frame, pieces: Pieces | None, rows: Rows, *, whole: bool) -> highspy.HighsLp:
    """Write the programme's columns, then one for each piece; the rows, then one for each term's mean.

    A term's mean is its lowest plus what is taken of its pieces. Their slopes rise, so that the cheapest way
    along is in their order, and costs the height of the edge.
    """
    terms, columns = frame.programme.terms, len(frame.lower)
    lower, upper = frame.lower, frame.upper
    cost = np.zeros(columns)
    model = highspy.HighsLp()
    matrix = rows.matrix
    row_lower, row_upper = np.full(len(rows.bound), -np.inf), rows.bound
    if pieces is not None:
        count = len(pieces.term)
        span = frame.high - frame.low
        moving = np.flatnonzero(span > 0)
        size = np.where(span > 0, span, 1.0)
        effect = scipy.sparse.csr_matrix(terms.effect[moving] / size[moving, None])
        effect.resize((len(moving), columns))
        along = scipy.sparse.csr_matrix(
            (-np.ones(count), (np.searchsorted(moving, pieces.term), np.arange(count))), (len(moving), count)
        )
        bare = scipy.sparse.csr_matrix((matrix.shape[0], count))
        matrix = scipy.sparse.bmat([[matrix, bare], [effect, along]], format="csr")
        way = (frame.low - terms.base)[moving] / size[moving]
        row_lower, row_upper = np.concatenate([row_lower, way]), np.concatenate([row_upper, way])
        cost[: frame.programme.count] = frame.programme.cost
        steps = (terms.weight * size)[pieces.term] * pieces.slope
        cost = np.concatenate([cost, steps]) * frame.scale
        lower = np.concatenate([lower, np.zeros(count)])
        upper = np.concatenate([upper, pieces.length / size[pieces.term]])
        model.offset_ = float(terms.weight @ pieces.start) * frame.scale
    by_column = matrix.tocsc()
    model.num_col_, model.num_row_ = len(cost), matrix.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
    model.row_lower_, model.row_upper_ = row_lower, row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = by_column.indptr, by_column.indices
    model.a_matrix_.value_ = by_column.data
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * columns
        model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(cost) - columns)
    return model
