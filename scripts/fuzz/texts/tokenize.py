"""Answers each line of stdin, a JSON string, with a JSON list of the [position, kind] of its tokens, as DuckDB's lexer cuts it."""

import json
import sys

import duckdb

for line in sys.stdin:
    tokens = duckdb.tokenize(json.loads(line))
    print(json.dumps([[start, str(kind).rsplit(".", 1)[-1]] for start, kind in tokens]), flush=True)
