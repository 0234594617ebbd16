"""Who may import what, and what pure modules may not do; the arrows of the house, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SDK = ("botbuilder", "botframework", "msrest", "msal")
DATABASES = ("sqlalchemy", "alembic", "aiosqlite", "asyncpg")
WEB = ("aiohttp", "uvloop")
OUTSIDE = ("os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket", "time", "random", "importlib.resources")

NEVER_IMPORTS: dict[str, tuple[str, ...]] = {
    "uvp": (*SDK, *WEB, "bot", "dialogs", "app"),
    "dialogs": (*WEB, *DATABASES, "bot", "app"),
    "bot": ("app", "uvp.commands", "click"),
    "bot/cards": (*SDK, *WEB, *DATABASES, "uvp.storage"),
}
ONLY_IN: dict[str, tuple[str, ...]] = {
    "click": ("uvp/commands",),
    "openpyxl": ("uvp/importing/workbook.py",),
    "uvp.importing.workbook": ("uvp/commands",),
    "uvp.storage": ("uvp/storage", "uvp/commands", "bot/state.py", "bot/delivery.py"),
    "uvp.commands": ("uvp/commands",),
}
PURE = ("uvp/periods", "uvp/questions", "uvp/answers", "uvp/digest", "uvp/reporting")
PURE_MODULES = (
    "answer",
    "assistant",
    "delivery/limits",
    "delivery/listing",
    "delivery/outbox",
    "folding",
    "importing/rows",
    "members",
    "period",
    "plan",
    "question",
    "questions_codec",
    "recording",
    "snapshot",
    "updates",
)
# Reading a timing is one function without an object that words could be handed to; it loads them once, at first use.
LOADS_ITS_WORDS = ("uvp/periods/vocabulary.py",)
MAY_USE_DATABASES = ("bot/state.py", "uvp/storage")
CLOCKS = {"now", "today", "utcnow", "monotonic"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
BUILDERS = {
    "create_async_engine",
    "create_engine",
    "open_store",
    "ClientSession",
    "load",
    "now",
    "today",
    "open",
    "getenv",
}


def sources(place: str) -> list[Path]:
    """The Python files at a place: one file, or a folder with all below it."""
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines and dotted names of all imports, those inside functions too; ``from a import b`` counts as ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines and names of what is called, without what stands before the dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield node.lineno, name


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The statements that run when a module is imported."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from (n for n in node.body if not isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def under(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or inside one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def offences(place: str, packages: tuple[str, ...], excepted: tuple[str, ...] = ()) -> list[str]:
    """Imports at a place that the rule forbids, as file:line: name."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sources(place)
        if not path.relative_to(ROOT).as_posix().startswith(excepted or ("\0",))
        for line, name in imports(parse(path))
        if under(name, packages)
    ]


@pytest.mark.parametrize(("place", "packages"), NEVER_IMPORTS.items(), ids=NEVER_IMPORTS.keys())
def test_a_package_does_not_import_what_lies_outside_it(place: str, packages: tuple[str, ...]) -> None:
    assert offences(place, packages) == []


@pytest.mark.parametrize("place", ["uvp", "bot"])
def test_only_storage_knows_the_database(place: str) -> None:
    assert offences(place, DATABASES, MAY_USE_DATABASES) == []


@pytest.mark.parametrize(("package", "places"), ONLY_IN.items(), ids=ONLY_IN.keys())
def test_a_package_is_used_only_where_it_belongs(package: str, places: tuple[str, ...]) -> None:
    found = [offence for top in ("uvp", "dialogs", "bot") for offence in offences(top, (package,), places)]
    assert found == []


def test_every_package_of_the_domain_is_ruled() -> None:
    """A new package is either pure or named among those that reach outside."""
    packages = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "uvp").glob("*/*.py")}
    assert packages - set(PURE) == {"uvp/commands", "uvp/delivery", "uvp/importing", "uvp/language", "uvp/storage"}


@pytest.mark.parametrize("place", ["uvp", "bot", "dialogs", "app.py", "tests"])
def test_imports_are_absolute(place: str) -> None:
    """The arrows are read from whole names."""
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(place)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def pure_places() -> list[str]:
    """Where values and rules are."""
    return [*(p for p in PURE if (ROOT / p).exists()), *(f"uvp/{name}.py" for name in PURE_MODULES)]


@pytest.mark.parametrize("place", pure_places())
def test_a_rule_is_pure(place: str) -> None:
    """No database, no files, no clock, no data loaded: what it needs is handed in."""
    assert offences(place, (*DATABASES, *OUTSIDE, "uvp.storage", "uvp.planfile", "uvp.yamlfile")) == []
    assert offences(place, ("uvp.language",), LOADS_ITS_WORDS) == []
    called = [
        f"{path.relative_to(ROOT)}:{line}: {name}()"
        for path in sources(place)
        for line, name in calls(parse(path))
        if name in CLOCKS | FILES
    ]
    assert called == []


@pytest.mark.parametrize("place", ["uvp", "bot", "dialogs"])
def test_importing_a_module_does_no_work(place: str) -> None:
    built = [
        f"{path.relative_to(ROOT)}:{line}: {name}()"
        for path in sources(place)
        if "migrations" not in path.parts
        for node in at_import(parse(path))
        for line, name in calls(node)
        if name in BUILDERS
    ]
    assert built == []


@pytest.mark.parametrize("place", ["uvp", "bot", "dialogs"])
def test_no_module_is_named_for_being_useful(place: str) -> None:
    names = {path.stem for path in sources(place)} & {"helpers", "helper", "utils", "util", "managers", "data_models"}
    assert names == set()


def test_the_reading_of_imports_finds_every_way_of_importing() -> None:
    tree = ast.parse("""
import a.b as c
def f():
    from d.e import g
if TYPE_CHECKING:
    import h
""")
    assert sorted(name for _, name in imports(tree)) == ["a.b", "d.e.g", "h"]
    assert under("bot.cards", ("bot",))
    assert not under("botany", ("bot",))


def test_the_reading_of_calls_finds_clocks_and_work_at_import() -> None:
    tree = ast.parse("""
X = load()
class C:
    Y = now()
    def f(self):
        return open("x")
def g():
    date.today()
""")
    assert {name for _, name in calls(tree)} == {"load", "now", "open", "today"}
    assert {name for node in at_import(tree) for _, name in calls(node)} == {"load", "now"}
