"""The clients in the environment and the network that are here: whoever is asked has its own record of it."""

import os

from clients import BARE, CLIENTS, FAMILIES, run_once
from daemon import Daemon
from helper import Helper


def ask(client, url):
    """Runs one client. Returns its complaint, empty when there is none."""
    environment = {**BARE, **os.environ}
    family = FAMILIES[CLIENTS[client]]
    if family.how == "once":
        return run_once(family, url, environment)
    if family.how == "daemon":
        with Daemon(environment) as daemon:
            return daemon.pull(url)
    with Helper(family.helper(), environment) as helper:
        return helper.ask({"client": client, "url": url})
