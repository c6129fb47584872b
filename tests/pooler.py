"""A real pgbouncer between a test and its PostgreSQL, in any of its modes."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from scripts import pgbouncer
from tests.integration.processes.waiting import until

_PROGRAM = pgbouncer.find()


@contextmanager
def pooled(url: str, mode: str, *, size: int) -> Iterator[str]:
    """Yield the address of a database behind a pooler.

    Args:
        url: The database's own.
        mode: `session` or `transaction`.
        size: Connections to the server; with fewer than the clients have, transactions of a client
            really land on different ones.
    """
    if _PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("pgbouncer is not installed")
        pytest.skip("no pgbouncer; `python -m scripts.pgbouncer` finds or installs one")
    direct = make_url(url)
    with tempfile.TemporaryDirectory(prefix="clipbot-pooler-") as folder:
        port = _free_port()
        settings = Path(folder) / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n{direct.database} = host={direct.query['host']} user=postgres\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            f"auth_type = any\npool_mode = {mode}\ndefault_pool_size = {size}\n"
            "max_client_conn = 200\nserver_reset_query_always = 0\n",
            encoding="utf-8",
        )
        shutil.copymode(__file__, settings)
        Path(folder).chmod(0o755)
        command = [str(_PROGRAM), "-q", str(settings)]
        if os.geteuid() == 0:
            # It refuses to be root; the server's own user may open the server's socket.
            owner = Path(str(direct.query["host"])).stat().st_uid
            command[1:1] = ["-u", pwd.getpwuid(owner).pw_name]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        through = f"postgresql://postgres@127.0.0.1:{port}/{direct.database}"
        try:
            until(lambda: _answers(process, through))
            yield through
        finally:
            process.terminate()
            process.wait(timeout=120)


def _answers(process: "subprocess.Popen[bytes]", url: str) -> bool:
    assert process.poll() is None, "pgbouncer did not start"
    try:
        psycopg.connect(url, prepare_threshold=None).close()
    except psycopg.OperationalError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
