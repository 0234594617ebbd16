"""``make run``: the bot on this machine and the Microsoft 365 Agents Playground, a test client that behaves like Teams.

Where Node.js or the Playground is missing it becomes a chat in the terminal. Both programs are started and stopped by
this one; Ctrl-C, SIGTERM and a closed terminal end all three.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.request import ProxyHandler, build_opener

import yaml

HOST = "127.0.0.1"
BOT_PORT = 3978
PLAYGROUND_PORT = 56150
NODE_VERSION = 18
START_SECONDS = 60
STOP_SECONDS = 20  # longer than the bot gives running turns to end
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LOG = ROOT / "var" / "playground.log"
CLIENT = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"


class NotStarted(Exception):
    """What has to run does not; the text says why, for whoever typed the command."""


def main() -> int:
    """Runs until it is told to stop; exit status 1 with one line when it cannot start or a program ends by itself."""
    options = read_options()
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler)
    try:
        run(options)
    except NotStarted as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def read_options() -> argparse.Namespace:
    """The command line; port 0 takes a free one."""
    parser = argparse.ArgumentParser(description="Run the bot and the Playground on this machine.")
    parser.add_argument("--port", type=int, default=BOT_PORT, help="port of the bot (default: %(default)s)")
    parser.add_argument("--playground-port", type=int, help=f"port of the Playground (default: {PLAYGROUND_PORT})")
    parser.add_argument("--db", metavar="URL", help="the database (default: UVP_DATABASE_URL, else var/uvp.db)")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="answer as if on this day")
    return parser.parse_args()


def run(options: argparse.Namespace) -> None:
    """Starts both, says where, and returns only by an error or an interrupt."""
    node = find_node()
    passed_on = [f"--{name}={value}" for name in ("db", "today") if (value := getattr(options, name))]
    if node is None or not CLIENT.exists():
        lacking = f"Node.js {NODE_VERSION} or newer" if node is None else "The Playground"
        print(f"{lacking} was not found, so here is a chat in the terminal.", flush=True)
        become_chat(passed_on)
    port = free_port(options.port) or refuse(options.port)
    client_port = choose_client_port(options.playground_port)
    bot_address, client_address = f"http://{HOST}:{port}", f"http://{HOST}:{client_port}"
    with (
        program([sys.executable, "app.py", "serve", f"--port={port}", *passed_on], ROOT, bot_environment()) as bot,
        client(node, bot_address, client_port) as playground,
    ):
        wait_until_up("The bot", bot, f"{bot_address}/readyz")
        wait_until_up("The Playground", playground, f"{client_address}/_debug/ping")
        print(f"Open {client_address} in a browser and choose Personal Chat. Ctrl-C stops both.", flush=True)
        wait_until_one_ends({"The bot": bot, "The Playground": playground})


def find_node() -> str | None:
    """Node.js, if there is one and it is new enough."""
    node = shutil.which("node")
    if node is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return node if int(version.strip().lstrip("v").partition(".")[0] or 0) >= NODE_VERSION else None


def become_chat(arguments: Sequence[str]) -> NoReturn:
    """Turns this process into the terminal chat, so that it has the terminal and its signals to itself."""
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "app.py", "chat", *arguments])


def bot_environment() -> Mapping[str, str]:
    """The environment of the bot: local mode, since the Playground sends no tokens, and its user a coordinator."""
    people = yaml.safe_load((HERE / ".m365agentsplayground.yml").read_text(encoding="utf-8"))
    environment = {name: value for name, value in os.environ.items() if name != "UVP_APP_ID"}
    environment.setdefault("UVP_COORDINATORS", people["currentUser"]["aadObjectId"])
    return environment


@contextmanager
def client(node: str, bot_address: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The Playground, on loopback only and without telemetry; it reads its settings file where it is started."""
    LOG.parent.mkdir(exist_ok=True)
    environment = os.environ | {"TEAMSAPPTESTER_BROWSER": "none", "M365_AGENTS_PLAYGROUND_LOGFILE": str(LOG)}
    command = [node, "--require", str(HERE / "loopback.cjs"), str(CLIENT), "start", "--disable-telemetry"]
    command += ["--channel-id", "msteams", "--app-endpoint", f"{bot_address}/api/messages"]
    command += ["--port", str(port), "--service-url", f"http://{HOST}:{port}/_connector"]
    with program(command, HERE, environment, stdout=subprocess.DEVNULL) as started:
        yield started


@contextmanager
def program(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A running program. In a session of its own, so that Ctrl-C reaches only this script, which ends it in order."""
    started = subprocess.Popen(command, cwd=folder, env=environment, stdout=stdout, start_new_session=True)
    try:
        yield started
    finally:
        stop(started)


def stop(started: subprocess.Popen[bytes]) -> None:
    """Ends a program, by force when it takes too long. A second Ctrl-C must not leave it behind."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    started.terminate()
    try:
        started.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()


def wait_until_up(name: str, started: subprocess.Popen[bytes], url: str) -> None:
    """Returns once the address answers. Raises NotStarted when the program ended or takes too long."""
    ask = build_opener(ProxyHandler({})).open  # a proxy of the environment does not know this machine's own ports
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and started.poll() is None:
        try:
            with ask(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    told = f" (it logs in {LOG.relative_to(ROOT)})" if name == "The Playground" else ""
    raise NotStarted(f"{name} did not start{told}.")


def wait_until_one_ends(programs: Mapping[str, subprocess.Popen[bytes]]) -> NoReturn:
    """Raises NotStarted when one of them ends by itself."""
    while True:
        for name, started in programs.items():
            if started.poll() is not None:
                raise NotStarted(f"{name} ended by itself (exit status {started.returncode}).")
        time.sleep(0.2)


def choose_client_port(wanted: int | None) -> int:
    """The port that was asked for, else the usual one or, where that is taken, a free one."""
    if wanted is None:
        return free_port(PLAYGROUND_PORT) or free_port(0)
    return free_port(wanted) or refuse(wanted)


def free_port(port: int) -> int:
    """The port, or the one that the system picks for 0; 0 when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


def refuse(port: int) -> NoReturn:
    """Says that the port is taken and what to do."""
    raise NotStarted(
        f"Port {port} of {HOST} is taken: stop what listens there (an earlier make run?) or choose another, "
        f"as in: make run PORT={port + 1}"
    )


if __name__ == "__main__":
    sys.exit(main())
