"""Metric math: the expressions that dashboards and alarms here are made of.

Its syntax is close enough to Python's for Python's parser; whatever is not on the list is refused by name. Numbers are
taken together where both sides have a value, as CloudWatch does, and a division by nothing has no value.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

SEARCH = re.compile(r"^\{\s*([^}]+?)\s*\}\s*(.*)$", re.DOTALL)
PAIR = re.compile(r'(\w+)\s*=\s*"([^"]*)"')


class ExpressionError(Exception):
    """An expression that cannot be answered, and why."""


@dataclass(frozen=True)
class Series:
    """Values by time."""

    label: str
    period: int
    values: dict[int, float]
    # For labels that name a dimension.
    dimensions: dict[str, str] = field(default_factory=dict)
    metric: str = ""


Value = Series | list[Series] | float

_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_COMPARISONS = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_OVER_SERIES: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "MIN": min,
    "MAX": max,
    "AVG": lambda values: sum(values) / len(values),
}


@dataclass(frozen=True)
class Context:
    """What an expression may name."""

    # A series by its id.
    named: Callable[[str], Value]
    # The ids of metrics, for METRICS().
    metrics: list[str]
    # Series by namespace, names of dimensions, conditions, statistic and period, for SEARCH().
    search: Callable[[str, list[str], dict[str, str], str, int], list[Series]]
    # The times of all periods of a length in the range that is asked for.
    times: Callable[[int], list[int]]


def evaluate(expression: str, context: Context) -> Value:
    """The value of an expression."""
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"{expression!r} is not understood: {error.msg}") from error
    return _value(tree.body, context)


def _value(node: ast.expr, context: Context) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return context.named(name)
        case ast.List(elts=elements):
            return [series for element in elements for series in _many(_value(element, context))]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _combined(operator.sub, 0.0, _value(operand, context))
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _ARITHMETIC:
            return _combined(_ARITHMETIC[type(operation)], _value(left, context), _value(right, context))
        case ast.Compare(left=left, ops=[operation], comparators=[right]) if type(operation) in _COMPARISONS:
            compare = _COMPARISONS[type(operation)]
            return _combined(lambda a, b: float(compare(a, b)), _value(left, context), _value(right, context))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _called(name, arguments, context)
    raise ExpressionError(f"{ast.unparse(node)!r} is not among what is known here.")


def _called(name: str, arguments: list[ast.expr], context: Context) -> Value:
    if name == "SEARCH":
        return _search([ast.literal_eval(argument) for argument in arguments], context)
    if name == "METRICS":
        return [series for each in context.metrics for series in _many(context.named(each))]
    values = [_value(argument, context) for argument in arguments]
    match name, values:
        case "FILL", [series, float() as number]:
            return _each(series, lambda one: _filled(one, number, context))
        case "IF", [condition, yes, no]:
            kept = _combined(lambda a, b: a if b else None, yes, condition)
            other = _combined(lambda a, b: None if b else a, no, condition)
            return _merged(kept, other)
        case _, [one] if name in _OVER_SERIES:
            return _over(name, one)
    raise ExpressionError(f"{name} is not among the functions known here, or not with {len(values)} arguments.")


def _search(arguments: list, context: Context) -> list[Series]:
    match arguments:
        case [str() as text, str() as statistic, int() as period]:
            found = SEARCH.match(text)
        case _:
            found = None
    if found is None:
        raise ExpressionError("SEARCH wants a schema in braces with conditions, a statistic and a period.")
    namespace, *dimensions = [part.strip() for part in found[1].split(",")]
    return context.search(namespace, dimensions, dict(PAIR.findall(found[2])), statistic, period)


def _many(value: Value) -> list[Series]:
    if isinstance(value, float):
        raise ExpressionError("A number stands where series are wanted.")
    return value if isinstance(value, list) else [value]


def _each(value: Value, change: Callable[[Series], Series]) -> Value:
    return [change(one) for one in value] if isinstance(value, list) else change(_many(value)[0])


def _filled(series: Series, number: float, context: Context) -> Series:
    return replace(series, values=dict.fromkeys(context.times(series.period), number) | series.values)


def _over(name: str, value: Value) -> Value:
    if isinstance(value, float):
        return value
    if isinstance(value, Series):
        return _OVER_SERIES[name](list(value.values.values())) if value.values else 0.0
    by_time: dict[int, list[float]] = {}
    for series in value:
        for at, number in series.values.items():
            by_time.setdefault(at, []).append(number)
    values = {at: _OVER_SERIES[name](numbers) for at, numbers in sorted(by_time.items())}
    return Series(name, value[0].period if value else 60, values)


def _combined(operation: Callable[[float, float], float | None], left: Value, right: Value) -> Value:
    if isinstance(left, list):
        return [_combined(operation, one, right) for one in left]
    if isinstance(right, list):
        return [_combined(operation, left, one) for one in right]
    if isinstance(left, float) and isinstance(right, float):
        try:
            return float(operation(left, right) or 0.0)
        except ZeroDivisionError as error:
            raise ExpressionError("A number is divided by zero.") from error
    shape = left if isinstance(left, Series) else right
    times = set(left.values if isinstance(left, Series) else right.values)
    if isinstance(left, Series) and isinstance(right, Series):
        times &= set(right.values)
    values = {}
    for at in sorted(times):
        try:
            number = operation(_at(left, at), _at(right, at))
        except ZeroDivisionError:
            continue
        if number is not None:
            values[at] = number
    return replace(shape, values=values)


def _at(value: Series | float, at: int) -> float:
    return value if isinstance(value, float) else value.values[at]


def _merged(first: Value, second: Value) -> Value:
    if isinstance(first, Series) and isinstance(second, Series):
        return replace(first, values=dict(sorted((second.values | first.values).items())))
    raise ExpressionError("IF wants a series as its condition.")
