"""Drives two machines' records against a plain model for as long as wanted.

python -m tests.proofs.model [--examples 2000] [--steps 50]
"""

from __future__ import annotations

import argparse

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.record.test_record_model import Machine


def main() -> None:
    """Runs the proof; raises where record and model differ, with the steps that led there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=50)
    wanted = parser.parse_args()
    chosen = settings(
        max_examples=wanted.examples,
        stateful_step_count=wanted.steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=chosen)
    print(f"{wanted.examples} histories of up to {wanted.steps} steps: record and model agree")


if __name__ == "__main__":
    main()
