#!/usr/bin/env python3
"""Drives tiny-runner.py, which lies beside it: an example of the contract in docs/drivers.md."""

import json
import os
import sys

RUNNER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tiny-runner.py")

ABOUT = {
    "name": "tiny-runner",
    "version": "1.0.0",
    "profile": "14.10",
    "can": ["poll", "script", "custom-ca", "check-interval"],
    "cannot": {"docker": "it runs jobs in a shell", "register": "it takes the token of a runner that GitLab knows"},
    "stop": {"forced": "SIGTERM", "seconds": 5},
}


def run(config):
    """What starts the runner: a file of its own, an environment, and a command."""
    own = {"url": config["url"], "token": config["token"], "interval": config["checkInterval"]}
    env = {"SSL_CERT_FILE": config["caFile"]} if "caFile" in config else {}
    return {"files": {"tiny.json": json.dumps(own)}, "env": env, "command": [sys.executable, "-u", RUNNER, "tiny.json"]}


def main(verb, *files):
    if verb == "--version":
        return "proxyproof-driver 1"
    if verb == "describe":
        return json.dumps(ABOUT)
    if verb == "run":
        with open(files[0], encoding="utf-8") as file:
            return json.dumps(run(json.load(file)))
    sys.exit(f"tiny-runner has no {verb}")


print(main(*sys.argv[1:]))
