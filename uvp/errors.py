"""What can go wrong in the domain: one root, one class per cause, each carrying its data.

``str(error)`` is one English line for logs and the command line; the bot words an error in the user's language from
its class and attributes. "Not understood" is a value, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class UvpError(Exception):
    """Root of all errors of the domain."""

    def __post_init__(self) -> None:
        # Exception.__init__ has not run (dataclass replaces it); args make the error picklable and loggable.
        self.args = tuple(getattr(self, name) for name in self.__dataclass_fields__)

    def __str__(self) -> str:
        return (self.__doc__ or type(self).__name__).partition("\n")[0]


@dataclass(eq=False)
class UnknownAction(UvpError):
    """No action in the plan has this code."""

    code: str

    def __str__(self) -> str:
        return f"no action has the code {self.code!r}"


@dataclass(eq=False)
class UnknownMunicipality(UvpError):
    """No municipality of the plan goes by this name."""

    name: str

    def __str__(self) -> str:
        return f"no municipality is called {self.name!r}"


@dataclass(eq=False)
class NotParticipating(UvpError):
    """The action excepts this municipality."""

    code: str
    municipality: str

    def __str__(self) -> str:
        return f"{self.municipality} does not take part in {self.code}"


@dataclass(eq=False)
class UnknownStatus(UvpError):
    """This is not one of the statuses."""

    text: str

    def __str__(self) -> str:
        return f"{self.text!r} is not a status"


@dataclass(eq=False)
class NoteTooLong(UvpError):
    """A note holds more characters than allowed."""

    length: int
    limit: int

    def __str__(self) -> str:
        return f"the note has {self.length} characters, at most {self.limit} are kept"


@dataclass(eq=False)
class UnknownPlan(UvpError):
    """The database holds no such plan; None when it holds no plan at all."""

    slug: str | None

    def __str__(self) -> str:
        return "the database holds no plan yet" if self.slug is None else f"no plan is called {self.slug!r}"


@dataclass(eq=False)
class PlanExists(UvpError):
    """The database holds a plan of this name already."""

    slug: str

    def __str__(self) -> str:
        return f"there is a plan called {self.slug!r} already"


@dataclass(eq=False)
class UnknownTheme(UvpError):
    """No theme in the plan has this code."""

    code: str

    def __str__(self) -> str:
        return f"no theme has the code {self.code!r}"


@dataclass(eq=False)
class UnknownUpdate(UvpError):
    """No update has this id."""

    id: int

    def __str__(self) -> str:
        return f"no update has the number {self.id}"


@dataclass(eq=False)
class CannotUndo(UvpError):
    """This update is itself an undo, which is not taken back: record the status anew."""

    id: int

    def __str__(self) -> str:
        return f"update {self.id} takes another one back and cannot be taken back itself"


@dataclass(eq=False)
class ChangedMeanwhile(UvpError):
    """Somebody recorded something about these actions after what was seen of them."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return f"changed meanwhile: {', '.join(self.codes)}"


@dataclass(eq=False)
class ListInvalid(UvpError):
    """A filled-in list cannot be recorded; each problem names its row."""

    file: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: nothing was recorded\n" + "\n".join(self.problems)


@dataclass(eq=False)
class UnknownOrganisation(UvpError):
    """Members are of a municipality, the police, the public prosecutor or the region."""

    text: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.text!r} is no organisation of this plan; choose one of {', '.join(self.known)}"


@dataclass(eq=False)
class PlanFileInvalid(UvpError):
    """A plan file breaks the schema: file, line (from 1) and reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(eq=False)
class DatabaseUnavailable(UvpError):
    """The database cannot be used: missing, locked, read-only or of a newer schema."""

    reason: str

    def __str__(self) -> str:
        return f"the database cannot be used: {self.reason}"
