"""dockerd in an environment, told to pull."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from urllib.parse import quote, urlsplit

from clients import LIMIT_SECONDS
from parents import die_with_parent

START_SECONDS = 20


class Daemon:
    """One dockerd, which may talk plain http to every registry once https did not work."""

    def __init__(self, environment):
        self.place = tempfile.mkdtemp(prefix="dockerd-")
        self.socket = f"{self.place}/socket"
        self.log = open(f"{self.place}/log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [
                "dockerd",
                *("--data-root", f"{self.place}/data", "--exec-root", f"{self.place}/exec", "--pidfile", f"{self.place}/pid"),
                *("--host", f"unix://{self.socket}", "--storage-driver", "vfs", "--bridge", "none"),
                *("--iptables=false", "--ip6tables=false", "--ip-forward=false"),
                "--insecure-registry=0.0.0.0/0",
            ],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            preexec_fn=die_with_parent,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # containerd is its child and ends with it, at once.
        self.process.kill()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def pull(self, url):
        """Has it pull from the registry at a URL. Returns its complaint."""
        complaint = self.await_start()
        if complaint:
            return complaint
        name = quote(f"{urlsplit(url).netloc}/probe", safe="")
        status, body = self.request("POST", f"/images/create?fromImage={name}&tag=1", LIMIT_SECONDS)
        said = [json.loads(line) for line in body.splitlines() if line.strip()]
        last = said[-1] if said else {}
        return str(last.get("error") or last.get("message") or (f"status {status}" if status != 200 else ""))

    def await_start(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                with open(self.log.name, encoding="utf-8") as log:
                    return f"dockerd has ended: {log.read().strip()[-200:]}"
            try:
                if self.request("GET", "/_ping", 1)[0] == 200:
                    return ""
            except OSError:
                time.sleep(0.01)
        return f"dockerd did not answer within {START_SECONDS} s"

    def request(self, method, path, limit):
        connection = OverSocket(self.socket, limit)
        try:
            connection.request(method, path, headers={"Host": "docker"})
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        finally:
            connection.close()


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path, limit):
        super().__init__("docker", timeout=limit)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)
