# SPDX-License-Identifier: MIT
"""Writes files that the program carries as C byte arrays, with one table of name, bytes and length."""
import re
import sys

out, files = sys.argv[1], sys.argv[2:]
with open(out, "w", encoding="utf-8") as c:
    c.write('/* Written by tools/embed.py: do not edit. */\n#include "base/embedded.h"\n\n')
    rows = []
    for i, path in enumerate(files):
        data = open(path, "rb").read()
        name = re.split("schemas/|src/report/", path, maxsplit=1)[1]
        c.write(f"static const unsigned char file_{i}[] = {{\n")
        for at in range(0, len(data), 20):
            c.write("    " + ",".join(str(b) for b in data[at : at + 20]) + ",\n")
        c.write("    0};\n")
        rows.append(f'    {{"{name}", (const char *)file_{i}, {len(data)}}},\n')
    c.write("\nconst ta_embedded ta_embedded_files[] = {\n" + "".join(rows) + "    {0, 0, 0}};\n")
