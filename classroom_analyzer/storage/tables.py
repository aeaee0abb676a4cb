"""The Parquet files of a lesson: exact columns, zstd, whole or not there."""

from __future__ import annotations

import io
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.safe_files import replacing
from classroom_analyzer.storage.seat_rows import BOUNDED_NAME, ESTIMATE_NAME, FINE_NAMES, SEAT_VALUE_NAMES, unpack_seats
from classroom_analyzer.storage.vault import Vault, seat_scope

__all__ = [
    "ESTIMATES_NAME",
    "ESTIMATE_SCHEMA",
    "INDICATORS_NAME",
    "INDICATOR_SCHEMA",
    "SEATS_NAME",
    "SEATS_NONE",
    "SEAT_SCHEMA",
    "read_class_table",
    "read_seats",
    "read_spooled_seats",
    "write_class_tables",
    "write_seats",
]

INDICATORS_NAME = "indicators.parquet"
ESTIMATES_NAME = "estimates.parquet"
SEATS_NAME = "seats.parquet.enc"

INDICATOR_SCHEMA = pl.Schema(
    {"t_s": pl.Int64, "name": pl.String, "value": pl.Float64, "unit": pl.String, "quality": pl.Float64, "n": pl.Int64}
)
ESTIMATE_SCHEMA = pl.Schema(
    {
        "t_s": pl.Int64,
        **dict.fromkeys(("engagement", "low", "high", "p0", "p1", "p2", "p3", "coverage"), pl.Float64),
        **dict.fromkeys(("w_vision", "w_audio", "w_text"), pl.Float64),
        "phase": pl.String,
        "status": pl.String,
    }
)
SEAT_SCHEMA = pl.Schema(
    {
        "t_s": pl.Int64,
        "seat": pl.Int64,
        "name": pl.String,
        **dict.fromkeys(("value", "low", "high", "quality"), pl.Float64),
        "status": pl.String,
    }
)
CHUNK_ROWS = 20_000  # rows that stand as Python objects at one time
_SEATS_MAGIC = b"CASEATS1"
SEATS_NONE = _SEATS_MAGIC  # a file of no seats
_SEAT_NUMBER = struct.Struct(">I")
_SEAT_TABLE = "table"  # kind of the vault's record that holds one seat's file
_SEAT_SECOND = "second"


def write_class_tables(connection: sqlite3.Connection, folder: Path) -> None:
    """Write indicators.parquet and estimates.parquet from the spool.

    Raises:
        OutputNotWritableError: They cannot be written.
    """
    columns = ", ".join(INDICATOR_SCHEMA.names())
    _write_query(
        connection, f"SELECT {columns} FROM spool_indicators ORDER BY id", INDICATOR_SCHEMA, folder / INDICATORS_NAME
    )
    columns = ", ".join(ESTIMATE_SCHEMA.names())
    _write_query(
        connection, f"SELECT {columns} FROM spool_estimates ORDER BY t_s", ESTIMATE_SCHEMA, folder / ESTIMATES_NAME
    )


def write_seats(connection: sqlite3.Connection, vault: Vault, folder: Path) -> None:
    """Write seats.parquet.enc: one Parquet file per seat, each sealed with that seat's own key.

    After eight bytes ``CASEATS1`` follow, per seat, its number (4 bytes, big-endian) and the vault's record.

    Raises:
        OutputNotWritableError: It cannot be written.
    """
    seats = [row[0] for row in connection.execute("SELECT DISTINCT seat FROM spool_seats ORDER BY seat")]
    with replacing(folder / SEATS_NAME) as file:
        file.write(_SEATS_MAGIC)
        for seat in seats:
            if not vault.holds(seat_scope(seat)):
                continue
            packed = io.BytesIO()
            _spooled_seat(connection, vault, seat).write_parquet(packed, compression="zstd")
            file.write(_SEAT_NUMBER.pack(seat))
            file.write(vault.seal(seat_scope(seat), _SEAT_TABLE, seat, packed.getvalue()))


def read_class_table(path: Path, schema: pl.Schema) -> pl.DataFrame:
    """Read indicators.parquet or estimates.parquet.

    Raises:
        LessonDamagedError: It is missing, not readable, or has other columns.
    """
    try:
        table = pl.read_parquet(path)
    except (OSError, PolarsError) as error:
        raise LessonDamagedError(path, "it is missing or cannot be read; restore the lesson from a copy") from error
    if table.schema != schema:
        raise LessonDamagedError(path, "its columns are not those of this lesson format")
    return table


def read_seats(path: Path, vault: Vault) -> pl.DataFrame:
    """Read seats.parquet.enc; erased seats are left out.

    Raises:
        LessonDamagedError: A record was changed or cut.
    """
    tables = [SEAT_SCHEMA.to_frame()]
    for seat, record in _seat_records(path):
        packed = vault.open(seat_scope(seat), _SEAT_TABLE, seat, record)
        if packed is not None:
            tables.append(pl.read_parquet(io.BytesIO(packed)))
    return pl.concat(tables).sort("t_s", "seat", maintain_order=True)


def read_spooled_seats(connection: sqlite3.Connection, vault: Vault) -> pl.DataFrame:
    """Read the seat rows of a lesson whose seats.parquet.enc was never written."""
    seats = [row[0] for row in connection.execute("SELECT DISTINCT seat FROM spool_seats ORDER BY seat")]
    tables = [_spooled_seat(connection, vault, seat) for seat in seats]
    return pl.concat([SEAT_SCHEMA.to_frame(), *tables]).sort("t_s", "seat", maintain_order=True)


def _write_query(connection: sqlite3.Connection, query: str, schema: pl.Schema, path: Path) -> None:
    cursor = connection.execute(query)
    chunks = [schema.to_frame()]
    while rows := cursor.fetchmany(CHUNK_ROWS):
        chunks.append(pl.DataFrame(rows, schema=schema, orient="row"))
    with replacing(path) as file:
        pl.concat(chunks).write_parquet(file, compression="zstd")


def _spooled_seat(connection: sqlite3.Connection, vault: Vault, seat: int) -> pl.DataFrame:
    times_s, packed = [], []
    for t_s, record in connection.execute("SELECT t_s, sealed FROM spool_seats WHERE seat = ? ORDER BY t_s", (seat,)):
        data = vault.open(seat_scope(seat), _SEAT_SECOND, t_s, record)
        if data is not None:
            times_s.append(t_s)
            packed.append(data)
    if not packed:
        return SEAT_SCHEMA.to_frame()
    numbers, measured, judged = unpack_seats(packed)
    none = np.full(len(packed), np.nan)
    low, high, quality, *estimate = numbers[:, len(SEAT_VALUE_NAMES) :].T
    parts = []
    for column, name in enumerate(SEAT_VALUE_NAMES):
        if name in FINE_NAMES and np.isnan(numbers[:, column]).all():
            continue  # without the landmark pack five rows a second would say nothing
        bounds = (low, high) if name == BOUNDED_NAME else (none, none)
        parts.append(_seat_part(times_s, seat, name, (numbers[:, column], *bounds, quality), measured))
    parts.append(_seat_part(times_s, seat, ESTIMATE_NAME, tuple(estimate), judged))
    return pl.concat(parts).sort("t_s", maintain_order=True)


def _seat_part(
    times_s: list[int], seat: int, name: str, numbers: tuple[NDArray[np.float64], ...], status: list[str]
) -> pl.DataFrame:
    """Rows of one name; seconds without a status word have none."""
    value, low, high, quality = numbers
    columns = {"t_s": times_s, "value": value, "low": low, "high": high, "quality": quality, "status": status}
    return (
        pl.DataFrame(columns)
        .filter(pl.col("status") != "")
        .with_columns(pl.col("value", "low", "high", "quality").fill_nan(None))
        .select("t_s", pl.lit(seat, pl.Int64).alias("seat"), pl.lit(name).alias("name"), *SEAT_SCHEMA.names()[3:])
    )


def _seat_records(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise LessonDamagedError(path, "it is missing or cannot be read; restore the lesson from a copy") from error
    with file:
        if file.read(len(_SEATS_MAGIC)) != _SEATS_MAGIC:
            raise LessonDamagedError(path, "it does not begin as a file of seat rows does")
        while head := file.read(8):
            if len(head) < 8:
                raise LessonDamagedError(path, "it is cut short; restore the lesson from a copy")
            seat, length = _SEAT_NUMBER.unpack(head[:4])[0], _SEAT_NUMBER.unpack(head[4:])[0]
            body = file.read(min(length, path.stat().st_size))
            yield seat, head[4:] + body
