"""Joins two machines through a bucket, with the commands that the README gives, and looks for every answer.

    python -m tests.proofs.bucket [--rounds 3]

Needs the commands `aws` and `moto_server`, a bucket's server for tests: pip install awscli 'moto[server]'.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.record.test_syncing import recipe
from tests.support.unchecked import anything

DEVICES = ("laptop-1a2b3c4d", "server-9f8e7d6c")


def opened(folder: Path) -> Record:
    """The record of the machine that the folder is named after."""
    return open_directory(folder, clock=SystemClock(), device=folder.name, check=anything)


def learn(folder: Path, number: int) -> None:
    """One sitting, with a text that is large enough for a file of its own."""
    with opened(folder) as record:
        if record.damage or record.restored or record.lost:
            sys.exit(f"{folder}: {record.damage} {record.restored} {record.lost}")
        record.table("answers").insert({"number": number})
        record.table("submissions").insert({"text": f"{number} " * 40_000})
        record.put_draft("memo", f"{folder.name} {number}", 1)


def serve() -> tuple[subprocess.Popen[bytes], dict[str, str]]:
    """A bucket's server, and the environment in which aws speaks to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["moto_server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    keys = {f"AWS_{name}": "testing" for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")}
    address = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    for _ in range(300):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return server, {**os.environ, **keys, **address}
        time.sleep(0.1)
    server.terminate()
    sys.exit("moto_server does not answer")


def main() -> None:
    """Runs the proof; exit status 1 where something is missing on either side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    for command in ("aws", "moto_server"):
        if shutil.which(command) is None:
            sys.exit(f"{command} is not installed: pip install awscli 'moto[server]'")
    _, up, down = recipe("a bucket")
    folder = Path(tempfile.mkdtemp())
    server, environment = serve()

    def run(command: str, device: str) -> None:
        subprocess.run(
            ["bash", "-c", f"me={device}; {command}"],
            cwd=folder / device,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    try:
        subprocess.run(["aws", "s3", "mb", "s3://study"], env=environment, check=True, stdout=subprocess.DEVNULL)
        for number in range(2 * wanted.rounds):
            device = DEVICES[number % 2]
            learn(folder / device, number)
            run(up, device)
            run(down, device)
        run(down, DEVICES[0])
    finally:
        server.terminate()
        server.wait()
    for device in DEVICES:
        with opened(folder / device) as record:
            answers = {str(doc["number"]) for doc in record.table("answers").all()}
            submissions: list[Mapping[str, Any]] = [
                record.table("submissions").get(doc_id=id) or {} for id in dict(record.table("submissions").stream())
            ]
            texts = {doc.get("text", "").partition(" ")[0] for doc in submissions}
            if not answers == texts == {str(number) for number in range(2 * wanted.rounds)}:
                sys.exit(f"{device} has answers {sorted(answers)} and texts {sorted(texts)} in {folder}")
            if record.damage or record.restored or record.lost:
                sys.exit(f"{device}: {record.damage} {record.restored} {record.lost} in {folder}")
    shutil.rmtree(folder)
    print(f"{2 * wanted.rounds} sittings on two machines, every answer and text on both")


if __name__ == "__main__":
    main()
