"""The script behind ``make run`` where there is no Node.js; with it, the tests in ``e2e/`` start everything by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_without_nodejs_it_is_a_chat_in_the_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "playground/run.py", f"--db=sqlite:///{tmp_path}/uvp.db", "--today=2026-11-24"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("UVP_")}
        | {"PATH": str(tmp_path)},
        input="what is due this quarter for digitale veiligheid\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Node.js" in done.stdout
    assert "DIG-07" in done.stdout
