"""Start-up and end cost no search for garbage, and a long run is searched as ever."""

from __future__ import annotations

import subprocess
import sys

SEEN = """
import atexit, gc, sys
from dev2cto.cli import garbage, main

def seen(when):
    print(when, gc.isenabled(), sum(each["collections"] for each in gc.get_stats()) - begun, file=sys.stderr)

resume = garbage.resume
garbage.resume = lambda: (seen("loaded"), resume(), seen("running"))
atexit.register(lambda: print("end", gc.get_freeze_count() > 10_000, len(gc.get_objects()) < 1000, file=sys.stderr))
sys.argv = ["dev2cto", "next"]
gc.collect()
begun = sum(each["collections"] for each in gc.get_stats())
raise SystemExit(main.main())
"""


def test_nothing_is_collected_while_a_command_loads_nor_at_its_end() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == ["loaded False 0", "running True 0", "end True True"]
