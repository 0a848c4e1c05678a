"""Several workers, each with a network of its own, so that whatever arrives there belongs to the one cell under way."""

import json
import os
import struct
import tempfile

from answer import answer, of_scheme
from clients import BARE, CLIENTS, FAMILIES, NO_END, run_once
from daemon import Daemon
from helper import Helper
from listeners import Listeners
from network import enter_private_network
from parents import die_with_parent

# Who needs a process for every environment, the slowest first.
SLOW = ("daemon", "settled")

# Cells of clients that are quick, asked in one go.
BATCH = 16


def measure(table, workers):
    """The answers, in the order of the table's cells."""
    tasks = divide(table["cells"])
    taken, give = os.pipe()
    with tempfile.TemporaryDirectory(prefix="probe-") as place:
        children = []
        for number in range(min(workers, len(tasks))):
            child = os.fork()
            if child == 0:
                os.close(give)
                work(table, tasks, taken, f"{place}/{number}")
            children.append(child)
        os.close(taken)
        for index in range(len(tasks)):
            os.write(give, struct.pack("I", index))
        os.close(give)
        failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
        if failed:
            raise SystemExit("A worker failed; what it wrote above says why.")
        answers = [None] * len(table["cells"])
        for name in os.listdir(place):
            with open(f"{place}/{name}", encoding="utf-8") as file:
                for index, text in json.load(file):
                    answers[index] = text
    return answers


def divide(cells):
    """The cells' indices in groups that one process can answer, the longest first."""
    groups = {}
    for index, cell in enumerate(cells):
        family = CLIENTS[cell["client"]]
        slow = FAMILIES[family].how in SLOW
        groups.setdefault((family, cell["environment"] if slow else None), []).append(index)
    slow = [(family, group) for (family, environment), group in groups.items() if environment is not None]
    slow.sort(key=lambda task: SLOW.index(FAMILIES[task[0]].how))
    quick = [(family, group) for (family, environment), group in groups.items() if environment is None]
    return slow + [(family, group[i : i + BATCH]) for family, group in quick for i in range(0, len(group), BATCH)]


def work(table, tasks, taken, path):
    """A worker's life: takes tasks until there are none. Does not return."""
    status = 1
    try:
        die_with_parent()
        enter_private_network(table["hosts"])
        worker = Worker(table)
        answers = []
        while packed := os.read(taken, 4):
            answers += worker.do(*tasks[struct.unpack("I", packed)[0]])
        worker.stop()
        with open(path, "w", encoding="utf-8") as file:
            json.dump(answers, file)
        status = 0
    except BaseException:  # noqa: BLE001 - a forked child ends here, whatever happened
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


class Worker:
    def __init__(self, table):
        self.cells = table["cells"]
        self.environments = table["environments"]
        self.listeners = Listeners(table["proxies"])
        self.helpers = {name: Helper(each.helper(), BARE) for name, each in FAMILIES.items() if each.how == "fresh"}

    def stop(self):
        for helper in self.helpers.values():
            helper.stop()

    def do(self, name, indices):
        """Answers a task's cells."""
        cells = [(index, self.cells[index]) for index in indices]
        family = FAMILIES[name]
        environment = self.environment(cells[0][1])
        if family.how == "once":
            return self.ask_all(cells, lambda cell: run_once(family, cell["url"], self.environment(cell)))
        if family.how == "fresh":
            helper = self.helpers[name]
            return self.ask_all(cells, lambda cell: helper.ask({**cell, "environment": self.environment(cell)}))
        if family.how == "daemon":
            with Daemon(environment) as daemon:
                return self.ask_all(cells, lambda cell: daemon.pull(cell["url"]))
        with Helper(family.helper(), environment) as helper:
            return self.ask_all(cells, helper.ask)

    def ask_all(self, cells, by):
        return [self.ask(index, cell, by) for index, cell in cells]

    def environment(self, cell):
        return {**BARE, **self.environments[cell["environment"]]}

    def ask(self, index, cell, by):
        """One cell. Where the machine left a client no time to ask anybody, it gets another chance."""
        said = self.once(cell, by)
        return index, self.once(cell, by) if NO_END in said else said

    def once(self, cell, by):
        """Whoever is asked meanwhile is the client's choice."""
        self.listeners.arrivals = []
        self.listeners.challenge = any("@" in value for value in self.environments[cell["environment"]].values())
        complaint = by(cell)
        arrivals = self.listeners.arrivals
        if FAMILIES[CLIENTS[cell["client"]]].how == "daemon":
            arrivals = of_scheme(cell["url"], arrivals)
        return answer(cell["url"], arrivals, complaint)
