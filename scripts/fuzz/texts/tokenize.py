"""Reads JSON strings from stdin, one per line, and prints the tokens of each as a JSON list of [start, kind], as split by DuckDB's lexer."""

import json
import sys

import duckdb

for line in sys.stdin:
    tokens = duckdb.tokenize(json.loads(line))
    print(json.dumps([[start, str(kind).rsplit(".", 1)[-1]] for start, kind in tokens]), flush=True)
