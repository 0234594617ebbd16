"""Excel files: the rows of a filled-in list, and a list to fill in."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from uvp.answers.phrases import Phrases
from uvp.errors import ListInvalid
from uvp.snapshot import Snapshot

MOST_ROWS = 5000
MOST_COLUMNS = 50
MOST_BYTES = 50 * 2**20
"""What the file may unpack to; a small file can hold a very big one."""
_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files begin that hold a workbook of before 2007, or one that needs a password."""
_BROKEN = (
    BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    EOFError,
    RuntimeError,
    OverflowError,
)
"""What reading a damaged file ends in: XML that breaks off is a SyntaxError, parts with a password a RuntimeError."""
_WIDTHS = (10, 60, 16, 16, 30, 60, 16)


def read_list(path: Path) -> list[tuple[object, ...]]:
    """The cells of the first sheet, formulas as Excel last worked them out; an empty row is (). Raises ListInvalid."""
    try:
        _check(path)
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return _rows(path, book)
        finally:
            book.close()
    except OSError as error:
        raise ListInvalid(path.name, (error.strerror or str(error),)) from error
    except _BROKEN as error:
        raise ListInvalid(path.name, ("this is not an Excel file (.xlsx), or it is damaged",)) from error


def _check(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_OLD_OR_LOCKED)) == _OLD_OR_LOCKED:
            problem = "the file has a password or is of an old kind (.xls); save it as .xlsx without a password"
            raise ListInvalid(path.name, (problem,))
    with ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
            raise ListInvalid(path.name, ("the file is too big",))


def _rows(path: Path, book: Workbook) -> list[tuple[object, ...]]:
    """All rows up to the last that is filled in; Excel often keeps thousands of empty ones behind that."""
    if not book.worksheets:
        raise ListInvalid(path.name, ("the file holds no sheet",))
    rows: list[tuple[object, ...]] = []
    filled = last = 0
    for number, row in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if all(cell is None for cell in row):
            rows.append(())
            continue
        rows.append(row)
        filled, last = filled + 1, number
        if filled > MOST_ROWS:
            raise ListInvalid(path.name, (f"a list has at most {MOST_ROWS} rows",))
    return rows[:last]


def write_list(path: Path, snapshot: Snapshot, headings: dict[str, str], say: Phrases) -> None:
    """A list of all actions with empty columns to report in. Raises OSError."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("a new workbook has a sheet")
    names = ("code", "status", "municipalities", "note", "expected")
    code, *others = (headings[name] for name in names)
    sheet.append([code, say("dialog.list.title"), say("dialog.list.now"), *others])
    for action in snapshot.plan.in_code_order:
        sheet.append([action.code, action.title, say(f"statuses.{snapshot.standings[action.code].status}")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    book.save(path)
