"""Fetches URLs with urllib and requests, each in an environment of its own: a question a line, an answer a line."""

import json
import os
import ssl
import sys
import urllib.request

import requests

LIMIT_SECONDS = 8


def fetch(client, url):
    if client == "python-urllib":
        # Reads the variables when it is made, as urlopen's own does on its first use.
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=ssl._create_unverified_context()))
        opener.open(url, timeout=LIMIT_SECONDS).close()
    else:
        requests.packages.urllib3.disable_warnings()
        requests.get(url, timeout=LIMIT_SECONDS, verify=False).close()


def answer(question):
    try:
        fetch(question["client"], question["url"])
        return ""
    except Exception as error:  # noqa: BLE001 - whatever a client says is the answer
        return f"{type(error).__name__}: {error}".replace("\n", " ")[:200]


def main():
    for line in sys.stdin:
        question = json.loads(line)
        child = os.fork()
        if child == 0:
            if "environment" in question:
                os.environ.clear()
                os.environ.update(question["environment"])
            print(answer(question), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if sys.argv[1:] == ["--version"]:
    import urllib3

    print(f"Python {sys.version.split()[0]}, requests {requests.__version__}, urllib3 {urllib3.__version__}")
else:
    main()
