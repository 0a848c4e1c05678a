"""The clients, and how each is made to ask for a URL: their table is made from the models in TypeScript."""

import json
import os
import subprocess
from urllib.parse import urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
FETCH = os.path.join(os.path.dirname(HERE), "fetch")
BUILT = os.environ.get("PROBE_BUILT", "/opt/clients/built")
NODE = os.environ.get("PROBE_NODE", "node")
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
LIMIT_SECONDS = 10
NO_END = "no end within"


# What TypeScript knows of the clients: families of them that are asked in the same way, and how to ask for a version.
with open(f"{HERE}/clients.json", encoding="utf-8") as file:
    TABLE = json.load(file)


def command(words, url=""):
    """A program's arguments, with the places and the question put in."""
    values = {
        "url": url,
        "authority": authority(url),
        "fetch": FETCH,
        "built": BUILT,
        "node": NODE,
        "authorities": AUTHORITIES,
    }
    return [word.format_map(values) for word in words]


def authority(url):
    """Host and port, the scheme's own where none is written."""
    parts = urlsplit(url)
    if ":" in parts.netloc.rpartition("]")[2]:
        return parts.netloc
    return f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"


class Family:
    """Clients that are asked in the same way; one process may answer for all of them."""

    def __init__(self, how, clients, command=()):
        # `once`, `fresh`, `settled` or `daemon`: see harness/clients/probe/asking.ts.
        self.how = how
        self.clients = clients
        self.words = command

    def once(self, url):
        by_scheme = isinstance(self.words, dict)
        return command(self.words[urlsplit(url).scheme] if by_scheme else self.words, url)

    def helper(self):
        return command(self.words)


# Each by the name of its first client.
FAMILIES = {each["clients"][0]: Family(**each) for each in TABLE["families"]}
CLIENTS = {client: name for name, family in FAMILIES.items() for client in family.clients}

# What every client is given besides the cell's own variables.
BARE = {
    "PATH": os.environ.get("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_SSL_NO_VERIFY": "1",
    "NODE_NO_WARNINGS": "1",
}

LAST_WORDS = 200


def last_words(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:LAST_WORDS] if lines else ""


def run_once(family, url, environment):
    """Runs a client to its end. Returns its complaint, if it has one."""
    try:
        done = subprocess.run(
            family.once(url),
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT_SECONDS,
            text=True,
            errors="replace",
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{NO_END} {LIMIT_SECONDS} s"
    return last_words(done.stderr) or f"exit code {done.returncode}" if done.returncode != 0 else ""


def versions():
    """What each program says of itself, in one line."""
    said = {}
    for name, words in TABLE["versions"].items():
        done = subprocess.run(command(words), stdin=subprocess.DEVNULL, capture_output=True, timeout=20, text=True, check=False)
        said[name] = (done.stdout.strip().splitlines() or ["unknown"])[0].strip()
    return said
