"""The clients in the environment and the network that are here: whoever is asked has its own record of it."""

import os

from clients import BARE, CLIENTS, DAEMON, FRESH, ONCE, SETTLED, run_once
from daemon import Daemon
from helper import Helper


def ask(client, url):
    """Runs one client. Returns its complaint, empty when there is none."""
    environment = {**BARE, **os.environ}
    family = CLIENTS[client]
    if family in ONCE:
        return run_once(client, url, environment)
    if family == DAEMON:
        with Daemon(environment) as daemon:
            return daemon.pull(url)
    command, _ = FRESH.get(family) or SETTLED[family]
    with Helper(command, environment) as helper:
        return helper.ask({"client": client, "url": url})
