"""A client that stays: one question a line as JSON, one answer a line: empty, or a complaint."""

import json
import os
import select
import signal
import subprocess
import tempfile

from clients import LAST_WORDS, LIMIT_SECONDS, NO_END
from parents import die_with_parent


class Helper:
    def __init__(self, command, environment):
        self.command = command
        self.environment = environment
        self.process = None
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def ask(self, question, limit=4 * LIMIT_SECONDS):
        """The complaint, empty when there is none. A client that does not answer in time is ended."""
        process = self.process or self.start()
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            return self.ended()
        if not select.select([process.stdout], [], [], limit)[0]:
            self.stop()
            return f"{NO_END} {limit} s"
        line = process.stdout.readline()
        return self.ended() if line == "" else line.strip()

    def ended(self):
        """What a client that ended by itself had to say."""
        self.stop()
        self.errors.seek(0)
        said = [line for line in self.errors.read().splitlines() if "rror" in line]
        return f"it ends at once: {said[0].strip()[:LAST_WORDS]}" if said else "the client has ended"

    def start(self):
        self.errors.seek(0)
        self.errors.truncate()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            errors="replace",
            cwd="/",
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        return self.process

    def stop(self):
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process = None
