"""Asks HTTP clients which proxy they take, and sees for itself.

    probe < table.json      every cell of a table, each client in an environment and a network of its own
    probe versions          the programs' versions, as JSON
    probe here URL          every client once, in the environment and the network that are here; CLIENT in the URL stands
                            for its name, by which whoever is asked can tell who asks

A table is {"environments": [{NAME: VALUE}], "hosts": {NAME: ADDRESS}, "proxies": [ADDRESS],
"cells": [{"client": NAME, "environment": INDEX, "url": URL}]}. What is seen comes out as JSON, a line each: first
{"versions": {PROGRAM: TEXT}}, then {"environment": INDEX, "url": URL, "answers": {ANSWER: [CLIENT]}}, where an answer is
`direct`, the proxy's URL as it was used, perhaps ` as USER:PASSWORD` and ` by CONNECT`, or `error: WHY`.
"""

import itertools
import json
import os
import sys

# The build context is what the image is known by: it stays as it is.
sys.dont_write_bytecode = True

from clients import CLIENTS, versions
from here import ask
from workers import measure


def main(arguments):
    if arguments == ["versions"]:
        tell(versions())
    elif len(arguments) == 2 and arguments[0] == "here":
        for client in CLIENTS:
            print(client, ask(client, arguments[1].replace("CLIENT", client)) or "has an answer", flush=True)
    elif not arguments:
        table = json.load(sys.stdin)
        tell({"versions": versions()})
        for question, answers in gathered(table["cells"], measure(table, os.cpu_count() or 1)):
            tell({**question, "answers": answers})
    else:
        sys.exit(__doc__)


def tell(what):
    print(json.dumps(what, ensure_ascii=False, separators=(",", ":")))


def gathered(cells, answers):
    """The clients by their answers, for each environment and URL in turn."""
    keyed = zip(cells, answers)
    for (environment, url), group in itertools.groupby(keyed, key=lambda pair: (pair[0]["environment"], pair[0]["url"])):
        said = {}
        for cell, answer in group:
            said.setdefault(answer, []).append(cell["client"])
        yield {"environment": environment, "url": url}, said


try:
    main(sys.argv[1:])
except FileNotFoundError as error:
    sys.exit(f"The program {error.filename} is not here, so not every client can be asked.")
