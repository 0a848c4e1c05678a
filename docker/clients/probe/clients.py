"""The clients, and how each is made to ask for a URL."""

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


def docker_host(url):
    parts = urlsplit(url)
    host = parts.netloc if ":" in parts.netloc.rpartition("]")[2] else f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}"
    return f"tcp://{host}"


def docker(url):
    # Any certificate does for the authority: nobody gets as far as showing one.
    tls = ["--tlsverify", f"--tlscacert={AUTHORITIES}"] if url.startswith("https:") else []
    return ["docker", "--host", docker_host(url), *tls, "version"]


# One process for each question: its arguments.
ONCE = {
    "curl": lambda url: ["curl", "--silent", "--show-error", "--insecure", "--output", "/dev/null", url],
    "wget": lambda url: ["wget", "--no-verbose", "--tries=1", "--no-check-certificate", "--output-document=/dev/null", url],
    "git": lambda url: ["git", "ls-remote", url],
    "docker": docker,
    "go": lambda url: [f"{BUILT}/fetch-go", url],
}

# A process that can give every question an environment of its own.
FRESH = {
    "python": (["/usr/bin/python3", f"{FETCH}/fetch.py"], ["python-urllib", "python-requests"]),
    "ruby": (["ruby", f"{FETCH}/fetch.rb"], ["ruby"]),
}

# A process for every environment, which is asked several questions.
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{BUILT}"]
SETTLED = {
    "node": ([NODE, f"{FETCH}/fetch.mjs"], ["node-fetch", "node-http"]),
    "java": ([*JAVA, "Fetch"], ["java-httpclient", "java-urlconnection"]),
    "java-system": (
        [*JAVA, "-Djava.net.useSystemProxies=true", "Fetch"],
        ["java-httpclient-system", "java-urlconnection-system"],
    ),
    "php": (["php", f"{FETCH}/fetch.php"], ["php-curl", "php-streams"]),
}

# The daemon itself, started for every environment and told to pull.
DAEMON = "dockerd"

FAMILIES = {
    **{name: [name] for name in ONCE},
    **{name: names for name, (_, names) in FRESH.items()},
    **{name: names for name, (_, names) in SETTLED.items()},
    DAEMON: [DAEMON],
}
CLIENTS = {client: family for family, clients in FAMILIES.items() for client in clients}

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


def run_once(client, url, environment):
    """Runs the client to its end. Returns its complaint, if it has one."""
    command = ONCE[client](url)
    try:
        done = subprocess.run(
            command,
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


VERSIONS = {
    "curl": ["curl", "--version"],
    "wget": ["wget", "--version"],
    "git": ["git", "version"],
    "docker": ["docker", "--version"],
    "dockerd": ["dockerd", "--version"],
    "go": [f"{BUILT}/fetch-go", "--version"],
    "python": ["/usr/bin/python3", f"{FETCH}/fetch.py", "--version"],
    "ruby": ["ruby", "--version"],
    "node": [NODE, "--version"],
    "java": ["java", "--version"],
    "php": ["php", f"{FETCH}/fetch.php", "--version"],
}


def versions():
    """What each program says of itself, in one line."""
    said = {}
    for name, command in VERSIONS.items():
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, text=True, check=False)
        said[name] = (done.stdout.strip().splitlines() or ["unknown"])[0].strip()
    return said
