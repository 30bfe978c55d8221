# SPDX-License-Identifier: MIT
"""The operators of x-rules once more, as plainly as can be: what tests/suite/rules.py holds the engine against.

A rule's outcome on a record is a list, one entry for each time it ran: True (held), False (failed) or None (skipped).
"""
import calendar
import collections
import datetime
import decimal
import re

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
DURATION = re.compile(r"P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?\Z")
decimal.getcontext().prec = 100
# Variants of one name, all of which fold alike.
NAMES = [["Esempio Bio SAS", "ESEMPIO  BIO", "esempio-bio S.A.S."], ["Łódź Œuvre", "lodz oeuvre GmbH & Co. KG"],
         ["Straße Søn", "STRASSE SON SpA", "straße  søn"], ["Alpha"], ["SAS"], ["Alpha Beta"]]
FOLDED = {name: i for i, names in enumerate(NAMES) for name in names}


def missing(value):
    return value is None or value == ""


def number(value):
    if isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool):
        return decimal.Decimal(value)
    return decimal.Decimal(value) if isinstance(value, str) and NUMBER.match(value) else None


Range = collections.namedtuple("Range", "low high above below")  # low, high: None without that end
# Which ends a qualifier leaves, and whether the number is beyond them.
QUALIFIERS = {"exact": (1, 1, 0, 0), "about": (0, 0, 0, 0), "nearly": (0, 1, 0, 0), "moreThan": (1, 0, 1, 0),
              "lessThan": (0, 1, 0, 1), "atLeast": (1, 0, 0, 0), "atMost": (0, 1, 0, 0), "upTo": (0, 1, 0, 0),
              "range": (0, 0, 0, 0)}


def quantity(value):
    """A number, or an object {value, min, max, qualifier}, as a Range; None: it is neither."""
    if not isinstance(value, dict):
        exact = number(value)
        return None if exact is None else Range(exact, exact, 0, 0)
    low, high = number(value.get("min")), number(value.get("max"))
    if low is not None or high is not None:
        return None if None not in (low, high) and low > high else Range(low, high, 0, 0)
    how, exact = QUALIFIERS.get(value.get("qualifier") or "exact"), number(value.get("value"))
    if not how or exact is None:
        return None
    return Range(exact if how[0] else None, exact if how[1] else None, *how[2:])


def above(a, b, or_equal=False):
    """Whether a is certainly more than b."""
    if a.low is None or b.high is None:
        return False
    return a.low > b.high or (a.low == b.high and bool(or_equal or a.above or b.below))


def add(ranges):
    def total(ends):
        return None if None in ends else sum(ends)
    return Range(total([r.low for r in ranges]), total([r.high for r in ranges]), any(r.above for r in ranges),
                 any(r.below for r in ranges))


def find(base, item, path):
    """(values, how many places lacked a step)"""
    here, path = (item, path[1:]) if path.startswith(".") else (base, path)
    values, lacks = [here], 0
    for step in path.split(".") if path else []:
        found = []
        for value in values:
            if isinstance(value, dict) and step != "*":
                got = [value[step]] if step in value else None
            elif step == "*" and isinstance(value, (dict, list)):
                got = list(value.values() if isinstance(value, dict) else value)
            else:
                got = None
            lacks += got is None
            found += got or []
        values = found
    return values, lacks


def fits(schema, value):
    """As much of JSON Schema as the tests' guards need."""
    if not isinstance(value, dict):
        return True
    return all(name in value for name in schema.get("required", [])) and all(
        name not in value or value[name] == sub["const"] for name, sub in schema.get("properties", {}).items())


def chosen(rule, base, item, path):
    """What a path leads to in the items (at its last *) that fit `where`."""
    if "where" not in rule:
        return find(base, item, path)
    head, star, tail = path.rpartition("*")
    items, lacks = find(base, item, head + star)
    values = []
    for one in items:
        if fits(rule["where"], one):
            found, more = find(one, one, tail.lstrip("."))
            values, lacks = values + found, lacks + more
    return values, lacks


def one(base, item, path):
    values = find(base, item, path)[0]
    return None if not values or missing(values[0]) else values[0]


def has_list(base, item, path):
    head = path[:path.index("*")].rstrip(".") if "*" in path else "." * path.startswith(".")
    values = find(base, item, head)[0]
    return bool(values) and not missing(values[0])


def key(value):
    """Equal for equal values of one kind."""
    if isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool):
        return "number", decimal.Decimal(value).normalize()
    if isinstance(value, dict):
        return "object", tuple(sorted((k, key(v)) for k, v in value.items()))
    return ("list", tuple(map(key, value))) if isinstance(value, list) else (type(value).__name__, value)


def loose(value):
    """Equal for numbers and texts of the same digits."""
    kind, same = key(value)
    return format(same, "f") if kind == "number" else value if kind == "str" else (kind, same)


def operand(base, item, text):
    literal = number(text)
    return literal if literal is not None else number(one(base, item, text))


def range_operand(base, item, text):
    literal = number(text)
    return quantity(one(base, item, text) if literal is None else literal)


def bounded(rule, base, item, value):
    value = value if isinstance(value, Range) else quantity(decimal.Decimal(value))
    found = {name: range_operand(base, item, rule[name]) for name in ("equals", "min", "max") if name in rule}
    if None in found.values():
        return None
    return all((name == "min" or not above(value, bound) or near(rule, value.low - bound.high, bound.high)) and
               (name == "max" or not above(bound, value) or near(rule, value.high - bound.low, bound.low))
               for name, bound in found.items())


def near(rule, difference, total):
    return "tolerance" in rule and within(rule, difference, total)


def within(rule, difference, total):
    tolerance = rule.get("tolerance", {})
    return not difference or abs(difference) <= max(decimal.Decimal(tolerance.get("abs", 0)),
                                                    abs(total) * decimal.Decimal(tolerance.get("rel", 0)))


def gather(rule, base, item, paths):
    values, lacks = [], 0
    for path in [paths] if isinstance(paths, str) else paths:
        found, more = chosen(rule, base, item, path)
        values, lacks = values + found, lacks + more
    return values, lacks


def run_sum(rule, base, item):
    values, lacks = gather(rule, base, item, rule["sum"])
    numbers = [n for n in map(quantity, values) if n is not None]
    lacks += len(values) - len(numbers)
    if not numbers or (rule.get("complete") and lacks):
        return None
    return bounded(rule, base, item, add(numbers))


def run_product(rule, base, item):
    value = decimal.Decimal(1)
    for factor in rule["product"]:
        factor = operand(base, item, factor)
        if factor is None:
            return None
        value *= factor
    return bounded(rule, base, item, value)


def run_count(rule, base, item):
    if not has_list(base, item, rule["count"]):
        return None
    values = chosen(rule, base, item, rule["count"])[0]
    return bounded(rule, base, item, sum(not missing(v) for v in values))


def run_distinct(rule, base, item):
    values, lacks = gather(rule, base, item, rule["distinct"])
    known = {key(v) for v in values if not missing(v)}
    lacks += sum(map(missing, values))
    if not known or (rule.get("complete") and lacks):
        return None
    return bounded(rule, base, item, len(known))


def item_key(fields, value):
    """None: something is missing."""
    parts = []
    for field in [fields] if isinstance(fields, str) else fields:
        fold = field.startswith("fold(")
        values = find(value, value, field[5:-1] if fold else field)[0]
        if not values or any(map(missing, values)):
            return None
        parts.append(tuple(("folded", FOLDED[v]) if fold and isinstance(v, str) else key(v) for v in values))
    return tuple(parts)


def run_unique(rule, base, item):
    values, lacks = chosen(rule, base, item, rule["unique"])
    keys = [item_key(rule["by"], v) if "by" in rule else None if missing(v) else key(v) for v in values]
    known = [k for k in keys if k is not None]
    return None if not known and (values or lacks) else len(known) == len(set(known))


def run_depends(rule, base, item):
    values, lacks = chosen(rule, base, item, rule["depends"])
    pairs = [(item_key(rule["from"], v), item_key(rule["to"], v)) for v in values]
    pairs = [p for p in pairs if None not in p]
    return None if not pairs and (values or lacks) else len(set(pairs)) == len({p[0] for p in pairs})


def run_ref(rule, base, item):
    if not has_list(base, item, rule["in"]):
        return None
    targets = {loose(v) for v in find(base, item, rule["in"])[0] if not missing(v)}
    values = [v for v in chosen(rule, base, item, rule["ref"])[0] if not missing(v)]
    return all(loose(v) in targets for v in values) if values else None


def date(text):
    """(first day, last day); None: no such date."""
    parts = DATE.match(text) if isinstance(text, str) else None
    if not parts or parts[1] == "0000":
        return None
    year, month, day = (int(p) if p else None for p in parts.groups())
    try:
        last_month = month or 12
        last = calendar.monthrange(year, last_month)[1]
        return datetime.date(year, month or 1, day or 1), datetime.date(year, last_month, day or last)
    except (ValueError, calendar.IllegalMonthError):
        return None


ORDERS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "=": lambda a, b: a == b,
          ">=": lambda a, b: a >= b, ">": lambda a, b: a > b}


def dates_may_be(relation, a, b):
    """Whether some days that the dates may mean are in this order."""
    if relation == "=":
        return a[0] <= b[1] and b[0] <= a[1]
    return ORDERS[relation](a[0], b[1]) if relation[0] == "<" else ORDERS[relation](a[1], b[0])


def numbers_hold(rule, relation, a, b):
    if "<" in relation or relation == "=":
        if above(a, b, relation == "<"):
            return near(rule, a.low - b.high, b.high)
    if ">" in relation or relation == "=":
        if above(b, a, relation == ">"):
            return near(rule, a.high - b.low, b.low if b.high is None else b.high)
    return True


def run_compare(rule, base, item):
    left, relation, right = rule["compare"]
    sides = [side if NUMBER.match(side) and rule.get("as") != "date" else one(base, item, side)
             for side in (left, right)]
    if any(v is None or isinstance(v, list) for v in sides):
        return None
    numbers = [quantity(v) for v in sides]
    if rule.get("as") not in ("text", "date") and None not in numbers:
        return numbers_hold(rule, relation, *numbers)
    if rule.get("as") == "number" or any(isinstance(v, dict) for v in sides):
        return None
    if rule.get("as") == "date":
        dates = [date(v) for v in sides]
        return None if None in dates else dates_may_be(relation, *dates)
    texts = [str(v).lower() if isinstance(v, bool) else str(v) for v in sides]
    return ORDERS[relation](*(t.encode() for t in texts))


def duration(text):
    parts = DURATION.match(text) if isinstance(text, str) else None
    if not parts:
        return None
    years, months, weeks, days = (int(p or 0) for p in parts.groups())
    return years * 12 + months, weeks * 7 + days


def later(day, length):
    months = day.year * 12 + day.month - 1 + length[0]
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])) + \
        datetime.timedelta(length[1])


def run_duration(rule, base, item):
    start, end = (date(one(base, item, path)) for path in rule["duration"])
    if not start or not end or start[0] > end[1]:
        return None
    bounds = {n: duration(rule[n]) or duration(one(base, item, rule[n])) for n in ("equals", "min", "max") if n in rule}
    if None in bounds.values():
        return None
    day = datetime.timedelta(1)
    soonest, latest = end[0] + day, end[1] + day  # the first day after it
    return all((name == "max" or later(start[0], b) <= latest) and (name == "min" or later(start[1], b) >= soonest)
               for name, b in bounds.items())


def run_prefix(rule, base, item):
    prefix = one(base, item, rule["of"]["value"] if isinstance(rule["of"], dict) else rule["of"])
    if prefix is None or isinstance(prefix, (bool, dict, list)):
        return None
    prefix = str(prefix)
    if isinstance(rule["of"], dict):
        prefix = {"GR": "EL", "GB": "UK"}.get(prefix, prefix)
    values = [v for v in chosen(rule, base, item, rule["prefix"])[0]
              if not missing(v) and not isinstance(v, (bool, dict, list))]
    return all(str(v).startswith(prefix) for v in values) if values else None


CODE_DAYS = {"EL30": ("2019-06", "2020-03-10"), "UKJ1": ("2020", ""), "FRK2": ("", "2020-06"), "GR30": ("", "")}


def run_valid(rule, base, item):
    at = date(rule["at"] if rule["at"][0].isdigit() else one(base, item, rule["at"]))
    values = [v for v in chosen(rule, base, item, rule["valid"])[0] if isinstance(v, str) and v]
    if not at or not values:
        return None
    days = [CODE_DAYS.get(v, ("", "")) for v in values]
    return all((not first or at[1] >= date(first)[0]) and (not last or at[0] <= date(last)[1]) for first, last in days)


def there(base, item, paths):
    return [any(not missing(v) for v in find(base, item, path)[0]) for path in paths]


OPERATORS = {
    "sum": run_sum, "product": run_product, "count": run_count, "distinct": run_distinct, "unique": run_unique,
    "depends": run_depends, "ref": run_ref, "compare": run_compare, "duration": run_duration, "prefix": run_prefix,
    "valid": run_valid,
    "atLeastOne": lambda rule, base, item: any(there(base, item, rule["atLeastOne"])),
    "allOrNone": lambda rule, base, item: len(set(there(base, item, rule["allOrNone"]))) == 1,
    "onlyOneOf": lambda rule, base, item: sum(there(base, item, rule["onlyOneOf"])) <= 1,
}


def row_of(rule, value, others):
    """The first record of the other file with this key."""
    return next((o for o in others if not missing(o.get("id")) and loose(o["id"]) == value), {})


def group_outcomes(rule, records, others):
    """A rule over groups of the list: None for each record without a key, then an outcome for each group."""
    made, groups = [], {}
    for record in records:
        if "if" in rule and not fits(rule["if"], record):
            continue
        value = item_key(rule["by"], record)
        if value is None:
            made.append(None)
        else:
            groups.setdefault(loose(one(record, record, rule["by"])) if "in" in rule else value, []).append(record)
    run = next(OPERATORS[name] for name in rule if name in OPERATORS)
    if "in" in rule and "count" in rule:
        for other in others:
            if not missing(other.get("id")):
                groups.setdefault(loose(other["id"]), [])
    return made + [run(rule, members, row_of(rule, value, others)) for value, members in groups.items()]


def outcomes(rule, record, others=()):
    """A rule on a record."""
    if "if" in rule and not fits(rule["if"], record):
        return []
    run = next(OPERATORS[name] for name in rule if name in OPERATORS)
    if "in" in rule and "by" in rule:
        value = one(record, record, rule["by"])
        return [run(rule, record, {} if value is None else row_of(rule, loose(value), others))]
    if "each" not in rule:
        return [run(rule, record, record)]
    items, lacks = find(record, record, rule["each"])
    return [run(rule, record, item) for item in items] or [None] * bool(lacks)


def list_outcomes(rule, records):
    """A rule over the list: an outcome for each record."""
    known, made = {}, []
    for record in records:
        source = item_key(rule.get("from", rule.get("by")), record)
        target = item_key(rule["to"], record) if "to" in rule else ()
        if source is None or target is None:
            made.append(None)
        elif source in known:
            made.append("to" in rule and known[source] == target)
        else:
            known[source] = target
            made.append(True)
    return made
