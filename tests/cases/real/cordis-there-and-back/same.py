"""Says whether two JSON files hold the same values, types and digits."""
import json
import sys

a, b = (json.load(open(p, encoding="utf-8"), parse_int=lambda t: ("int", t), parse_float=lambda t: ("float", t))
        for p in sys.argv[1:3])
print(len(a), "records", "the same" if a == b else "different")
