# SPDX-License-Identifier: MIT
"""Where values stand in the files of samples/, worked out from the layout that our writers give them (a key or an item a
line) and from Python's own parsers: an account that shares nothing with the product's.

Each function returns {(record, path): (line, column)} for values and for keys; records count from 1, columns in code
points."""
import csv
import io
import json
import re


def join(path, step):
    return f"{path}.{step}" if path else str(step)


def json_places(text):
    values, keys, stack, record = {}, {}, [], 0
    for number, line in enumerate(text.splitlines(), 1):
        rest = line.strip()
        if rest[0] in "}]":
            stack.pop()
            continue
        at = len(line) - len(line.lstrip()) + 1
        if not stack:
            stack.append(["list", None, 0])
            continue
        kind, path, index = stack[-1]
        key = re.match(r'"((?:[^"\\]|\\.)*)": ', rest)
        if path is None:
            record += 1
            here = ""
        elif kind == "list":
            here = join(path, index)
        else:
            here = join(path, key[1])
            keys[record, here] = (number, at)
            at += key.end()
            rest = rest[key.end():]
        stack[-1][2] += 1
        values[record, here] = (number, at)
        if rest in ("{", "["):
            stack.append(["list" if rest == "[" else "object", here, 0])
    return values, keys


def yaml_places(text):
    values, keys, record = {}, {}, 0
    stack = []  # [indent, path of the container, index of the item]
    for number, line in enumerate(text.splitlines(), 1):
        at = len(line) - len(line.lstrip(" "))
        rest = line[at:]
        while True:
            while stack and stack[-1][0] > at:
                stack.pop()
            item = rest.startswith("- ")
            if not stack or stack[-1][0] < at:
                stack.append([at, pending if stack else None, -1])
                values.setdefault((record, stack[-1][1]), (number, at + 1))
            if not item:
                break
            stack[-1][2] += 1
            record += stack[-1][1] is None
            pending = "" if stack[-1][1] is None else join(stack[-1][1], stack[-1][2])
            at, rest = at + 2, rest[2:]
            if not re.match(r"[\w-]+:( |$)", rest):
                values[record, pending] = (number, at + 1)
                break
        key = re.match(r"([\w-]+):( |$)", rest)
        if key:
            pending = join(stack[-1][1], key[1])
            keys[record, pending] = (number, at + 1)
            if rest[key.end():]:
                values[record, pending] = (number, at + 1 + key.end())
    return values, keys


def xml_places(text, data):
    """The elements come in the order of the values in the JSON sample: all lists are wrapped."""
    values, keys = {}, {}
    tags = ((number, m) for number, line in enumerate(text.splitlines(), 1)
            for m in re.finditer(r"<(\w+)([^>]*)>", line))

    def visit(record, path, value):
        number, tag = next(tags)
        inside = isinstance(value, (dict, list))
        values[record, path] = (number, (tag.start() if inside or value == "" else tag.end()) + 1)
        keys[record, path] = (number, tag.start() + 2)
        attributes = {m[1]: tag.start() + m.end() + 1 for m in re.finditer(r' (\w+)="', tag[0])}
        steps = value.items() if isinstance(value, dict) else enumerate(value) if inside else ()
        for step, inner in steps:
            if step in attributes:
                values[record, join(path, step)] = (number, attributes[step])
            else:
                visit(record, join(path, step), inner)

    next(tags)
    for record, root in enumerate(data, 1):
        visit(record, "", root)
    return values, keys


def csv_cells(text):
    """Each row's cells as (line, column, whether a quote begins it)."""
    row, line, column, quoted, fresh = [], 1, 1, False, True
    for c in text:
        if fresh:
            row.append((line, column, c == '"'))
            fresh = False
        if c == '"':
            quoted = not quoted
        elif c == "," and not quoted:
            fresh = True
        elif c == "\n" and not quoted:
            yield row
            row, fresh = [], True
        column = 1 if c == "\n" else column + 1
        line += c == "\n"


def csv_places(text):
    """An object stands at its first cell; the items of a list in one cell, each where it begins in there."""
    values = {}
    rows = list(csv.reader(io.StringIO(text)))
    for record, (row, cells) in enumerate(list(zip(rows, csv_cells(text)))[1:], 1):
        for head, cell, (line, column, quoted) in zip(rows[0], row, cells):
            steps = head.split(".") if cell or quoted else []
            for depth in range(len(steps) + 1):
                values.setdefault((record, ".".join(steps[:depth])), (line, column))
            at = column + quoted
            for index, item in enumerate(cell.split(";") if steps else ()):
                values.setdefault((record, join(head, index)), (line, at))
                at += len(item) + 1
    return values, values


def places(form, text, data):
    if form == "xml":
        return xml_places(text, data)
    return {"json": json_places, "yaml": yaml_places, "csv": csv_places}[form](text)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))
