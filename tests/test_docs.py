"""What the documents draw is what the code says."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "script", ["draw_house.py", "draw_states.py", "write_measures.py", "write_moves.py", "write_permissions.py"]
)
def test_generated_document_is_current(script):
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
