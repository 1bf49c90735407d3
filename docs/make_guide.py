"""Run the examples of network.md and write what they print below them.

Run it in a folder that holds a build: ``pskg build && python docs/make_guide.py``. The examples
are the fenced blocks marked ``python``, run one after the other as one program; what a block
prints stands in the block marked ``text`` behind it.
"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

GUIDE = Path(__file__).with_name("network.md")

_BLOCK = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)


def run_guide(text: str) -> str:
    """The guide with the output of each example as it is now."""
    names: dict[str, Any] = {"__name__": "guide"}

    def run(block: re.Match[str]) -> str:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(block["code"], str(GUIDE), "exec"), names)
        shown = "\n".join(line.rstrip() for line in printed.getvalue().splitlines())
        example = f"```python\n{block['code']}```\n"
        return f"{example}\n```text\n{shown}\n```\n" if shown else example

    return _BLOCK.sub(run, text)


if __name__ == "__main__":
    GUIDE.write_text(run_guide(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
