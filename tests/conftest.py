"""What many tests share: the five documents, read once."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pskg.graph.store import BuildGraph
from pskg.pipeline import BuildReport, build

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"

# No test asserts times: a busy machine is no fault.
settings.register_profile("pskg", deadline=None)
settings.load_profile("pskg")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """The report of a build of the five documents; its folder is ``built.out``."""
    report = build([DOCUMENTS], tmp_path_factory.mktemp("built") / "build", workers=1)
    assert report.failed == ()
    return report


@pytest.fixture(scope="session")
def graph(built: BuildReport) -> BuildGraph:
    """The graph of the five documents."""
    return BuildGraph(built.out)


@pytest.fixture(scope="session")
def endpoint(built: BuildReport) -> Iterator[str]:
    """The address of a real Oxigraph server that serves the build of the five documents."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    location = BuildGraph(built.out).store_path
    server = subprocess.Popen(
        [program, "serve-read-only", "--location", location, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            assert server.poll() is None, "the server ended"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.kill()
        server.wait()
