"""The long proofs, run for a moment; as commands they run as long as wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    "proof",
    [
        "kill --times 20",
        "power --times 60",
        "flips --times 200",
        "hammer --seconds 1 --processes 2",
        "merge --rounds 3 --processes 2",
        "drive --short --kills 3",
        "fuzz --documents 100 --archives 3 --courses 3 --no-shrink",
    ],
    ids=lambda proof: proof.split()[0],
)
def test_a_proof_holds(proof: str) -> None:
    name, *options = proof.split()
    command = [sys.executable, "-m", f"tests.proofs.{name}", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
