#!/usr/bin/env python3
"""A GitLab runner of some sixty lines, to be driven by driver.py: one job at a time, in a shell, by Python alone."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime

with open(sys.argv[1], encoding="utf-8") as file:
    CONFIG = json.load(file)


def send(method, path, body, headers):
    """One call: as long as a 429 states a time, it waits and asks again, five times at most. The proxy is of the environment."""
    for attempt in range(5):
        url = f"{CONFIG['url']}/api/v4/{path}"
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            reset = error.headers.get("RateLimit-ResetTime")
            print(f"WARNING: {method} {path} was answered with {error.code}")
            if error.code != 429 or reset is None:
                return error.code, b""
            wait = parsedate_to_datetime(reset).timestamp() - time.time()
            time.sleep(max(0.0, wait))
    return 429, b""


def send_json(method, path, **body):
    return send(method, path, json.dumps(body).encode(), {"Content-Type": "application/json"})


def run(job):
    script = "\n".join(line for step in job["steps"] if step["name"] == "script" for line in step["script"])
    env = {each["key"]: each["value"] for each in job["variables"]}
    done = subprocess.run(["sh", "-ec", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={"PATH": "/usr/bin:/bin", **env})
    size = len(done.stdout)
    if size > 0:
        headers = {"JOB-TOKEN": job["token"], "Content-Range": f"0-{size - 1}", "Content-Type": "text/plain"}
        send("PATCH", f"jobs/{job['id']}/trace", done.stdout, headers)
    state = "success" if done.returncode == 0 else "failed"
    send_json("PUT", f"jobs/{job['id']}", token=job["token"], state=state)


while True:
    try:
        status, body = send_json("POST", "jobs/request", token=CONFIG["token"], info={"name": "tiny-runner"})
        if status == 201:
            run(json.loads(body))
            continue
    except OSError as error:
        print(f"ERROR: {error}")
    time.sleep(CONFIG["interval"])
