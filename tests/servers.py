"""Real SPARQL servers on loopback, started for tests and ended with them."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

VIRTUOSO = "virtuoso-t"

#: Virtuoso's own settings, with every file in the folder it is started in.
_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
MaxSortedTopRows = 1000000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(command: Sequence[str | Path], url: str, folder: Path | None = None) -> Iterator[None]:
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            assert server.poll() is None, f"{command[0]} ended"
            with contextlib.suppress(OSError):
                with contextlib.suppress(urllib.error.HTTPError):
                    urllib.request.urlopen(url, timeout=5).close()
                break
            time.sleep(0.1)
        yield
    finally:
        server.kill()
        server.wait()


@contextlib.contextmanager
def run_oxigraph(*arguments: str | Path, command: str = "serve") -> Iterator[str]:
    """Oxigraph's server, empty and in memory unless told otherwise; the address of it."""
    url = f"http://127.0.0.1:{free_port()}"
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    bind = url.removeprefix("http://")
    with _running([program, command, *arguments, "--bind", bind], url):
        yield url


def has_virtuoso() -> bool:
    return shutil.which(VIRTUOSO) is not None


@contextlib.contextmanager
def run_virtuoso(folder: Path) -> Iterator[str]:
    """A new Virtuoso with its database in this folder; dba's password is dba."""
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(http=http, sql=sql))
    url = f"http://127.0.0.1:{http}"
    command = [VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, f"{url}/sparql", folder):
        yield url
