"""What a plan cannot be computed without."""

from facialis.anatomy.expressions import Expression
from facialis.planning.dates import months_between
from facialis.planning.rules.context import Context, Hit, hit_if
from facialis.planning.values import whole_value
from facialis.twin.junction.parameters import products_with_data


def face_not_decoded(context: Context) -> Hit | None:
    """The drive of the affected side is not known."""
    return hit_if(not context.facts.affected_drive_by_branch)


def synkinesis_unknown(context: Context) -> Hit | None:
    """Neither seen nor excluded."""
    return hit_if(context.facts.synkinesis_present is None)


def mirror_unknown(context: Context) -> Hit | None:
    """LEFT may be RIGHT."""
    return hit_if(not context.facts.mirrored_known)


def no_photographs(context: Context) -> Hit | None:
    """None was measured."""
    return hit_if(not context.facts.has_photographs)


def rest_missing(context: Context) -> Hit | None:
    """Others were measured, and not the one at rest."""
    facts = context.facts
    return hit_if(facts.has_photographs and Expression.REST in facts.missing_expressions)


def expressions_missing(context: Context) -> Hit | None:
    """Some were measured, not all."""
    facts = context.facts
    others = [e for e in facts.missing_expressions if e is not Expression.REST]
    if not facts.has_photographs or not others:
        return None
    return Hit({"named": ", ".join(expression.value.replace("_", " ") for expression in others)})


def no_recent_visit(context: Context) -> Hit | None:
    """The face may have changed since it was last seen."""
    recent = whole_value("recent_visit")
    return hit_if(all(months_between(v.day, context.today) >= recent for v in context.case.visits))


def product_not_simulated(context: Context) -> Hit | None:
    """Nothing is published to forecast the product in the face."""
    return hit_if(context.product not in products_with_data())


CONDITIONS = (
    face_not_decoded,
    synkinesis_unknown,
    mirror_unknown,
    no_photographs,
    rest_missing,
    expressions_missing,
    no_recent_visit,
    product_not_simulated,
)
