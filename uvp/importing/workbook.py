"""Excel files: the rows of a filled-in list, and a list to fill in."""

from __future__ import annotations

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
_WIDTHS = (10, 60, 16, 16, 30, 60, 16)


def read_list(path: Path) -> list[tuple[object, ...]]:
    """The cells of the first sheet, formulas as Excel last worked them out. Raises ListInvalid."""
    try:
        with ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise ListInvalid(path.name, ("the file is too big",))
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise ListInvalid(path.name, (error.strerror or str(error),)) from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise ListInvalid(path.name, ("this is not an Excel file (.xlsx)",)) from error
    try:
        sheet = book.worksheets[0]
        rows: list[tuple[object, ...]] = list(
            sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        )
    except IndexError as error:
        raise ListInvalid(path.name, ("the file holds no sheet",)) from error
    finally:
        book.close()
    if len(rows) > MOST_ROWS:
        raise ListInvalid(path.name, (f"a list has at most {MOST_ROWS} rows",))
    return rows


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
