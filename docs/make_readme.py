"""Fill README.md from docs/README.in.md: real output, run now, and the model's picture.

Run it in the project's environment after a change that shows: ``make readme``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from make_diagram import BEGIN, END, draw

ROOT = Path(__file__).parents[1]
SPARQL = """\
PREFIX pskg: <https://w3id.org/pskg/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?payer ?share WHERE {
  ?item a pskg:ServiceItem ; dct:title "普通高中国家助学金"@zh .
  ?funding pskg:fundingOf ?item ; pskg:payerAsWritten ?payer ; pskg:share ?share .
} ORDER BY DESC(?share)"""


def run(*command: str, folder: Path, text: str | None = None) -> str:
    pskg = str(Path(sys.executable).parent / "pskg")
    done = subprocess.run(
        [pskg, *command], cwd=folder, input=text, capture_output=True, text=True, check=True
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(lines).strip()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").symlink_to(ROOT / "data")
        demo = [
            (
                "pskg build data/documents --out build",
                run("build", "data/documents", "--out", "build", folder=folder),
            ),
            (
                "pskg validate --graph build",
                # As it is after `make demo`, which installs no extra.
                run("validate", "--graph", "build", "--engine", "pyshacl", folder=folder),
            ),
            (
                "pskg lead 寄宿生生活补助 --graph build",
                run("lead", "寄宿生生活补助", folder=folder),
            ),
        ]
        parts = {
            "@@DEMO@@": "\n\n".join(f"{command}\n{output}" for command, output in demo),
            "@@SPLITS@@": run(
                "query",
                "splits",
                "--set",
                "item=普通高中国家助学金",
                "--format",
                "csv",
                folder=folder,
            ),
            "@@SPARQL@@": SPARQL,
            "@@SPARQLOUT@@": run("query", "-", folder=folder, text=SPARQL),
            "@@EXPLAIN@@": run(
                "explain", "document/150700/huzhengbanfa-2018-41/funding/3-1-1", folder=folder
            ),
            "@@MODELBEGIN@@\n@@MODELEND@@": f"{BEGIN}\n{draw()}\n{END}",
        }
    score = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "score.py"), "--markdown"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    parts["@@SCORE@@"] = score.stdout.strip()
    text = (ROOT / "docs" / "README.in.md").read_text(encoding="utf-8")
    for mark, filling in parts.items():
        if mark not in text:
            raise SystemExit(f"docs/README.in.md has no {mark}")
        text = text.replace(mark, filling)
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
