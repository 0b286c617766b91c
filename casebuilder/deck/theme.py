"""Where things stand on a slide and what they look like: grid, type sizes, and the colours of the deck's theme.

Lengths are in inches, type sizes in points. Colours are the theme's own slots, so that a deck recolours with its theme.
"""

# mypy: allow-untyped-calls

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches, Length

from casebuilder.case.library import look
from casebuilder.pitch.records import Role

FONT = "Calibri"

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.6
GUTTER = 0.3
COLUMN = (WIDTH - 2 * MARGIN - 11 * GUTTER) / 12


@dataclass(frozen=True)
class Box:
    """A rectangle on the slide, in inches from its top left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Distance of the right edge from the left edge of the slide."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Distance of the lower edge from the top of the slide."""
        return self.top + self.height

    def cut_top(self, height: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        """The upper part of that height, and what is left below it and the gap."""
        below = self.top + height + gap
        return (
            Box(self.left, self.top, self.width, height),
            Box(self.left, below, self.width, self.bottom - below),
        )

    def cut_left(self, width: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        """The left part of that width, and what is left beside it and the gap."""
        beside = self.left + width + gap
        return (
            Box(self.left, self.top, width, self.height),
            Box(beside, self.top, self.right - beside, self.height),
        )

    def columns(self, count: int) -> tuple["Box", ...]:
        """The box in so many equal columns with a gutter between them."""
        width = (self.width - (count - 1) * GUTTER) / count
        return tuple(
            Box(self.left + i * (width + GUTTER), self.top, width, self.height) for i in range(count)
        )

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height as python-pptx wants them."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def _columns(first: int, count: int, top: float, height: float) -> Box:
    """A box over `count` of the twelve columns, from column `first` (0 is the leftmost)."""
    left = MARGIN + first * (COLUMN + GUTTER)
    return Box(left, top, count * COLUMN + (count - 1) * GUTTER, height)


TITLE = _columns(0, 12, 0.4, 1.05)
BODY = _columns(0, 12, 1.7, 4.95)
EXHIBIT = _columns(0, 8, 1.7, 4.95)
SIDE = _columns(8, 4, 1.7, 4.95)
WIDE = _columns(0, 12, 1.7, 3.75)
BELOW = _columns(0, 12, 5.6, 1.05)
SOURCE = Box(MARGIN, 6.95, 7.2, 0.36)
STAMP = Box(MARGIN + 7.4, 6.95, 4.1, 0.36)
NUMBER = Box(WIDTH - MARGIN - 0.5, 6.95, 0.5, 0.36)
RULE_TOP = 6.85

COVER_BAR = Box(MARGIN, 2.2, 0.07, 2.35)
COVER_COMPANY = Box(MARGIN, 1.35, 10.0, 0.5)
COVER_TITLE = Box(MARGIN + 0.35, 2.15, 10.6, 1.5)
COVER_SUBTITLE = Box(MARGIN + 0.35, 3.75, 10.6, 0.85)
COVER_STAMP = Box(MARGIN, 6.35, 10.0, 0.4)


@dataclass(frozen=True)
class Grid:
    """Where the parts of a slide stand in a design, and the type sizes that its titles may take."""

    title: Box
    body: Box
    exhibit: Box
    side: Box
    wide: Box
    below: Box
    source: Box
    stamp: Box
    number: Box
    cover_title: Box
    cover_subtitle: Box
    cover_company: Box
    cover_stamp: Box
    title_sizes: tuple[float, ...]
    cover_sizes: tuple[float, ...]

    @property
    def table(self) -> Box:
        """Room for the table above the takeaways of a table slide."""
        return self.body.cut_top(self.below.top - self.body.top - 0.15)[0]


#: Type sizes to try, the one we want first and the smallest allowed last.
TITLE_SIZES = (28, 27, 26, 24, 22, 20)
COVER_SIZES = (40, 36, 32, 28, 24, 20)
TAKEAWAY_SIZES = (16, 15, 14, 13, 12)
BIG_SIZES = (48, 44, 40, 36, 32, 28, 24, 20, 16, 12)
TABLE_SIZES = (14, 13, 12, 11, 10)
MARK_SIZES = (14, 13, 12, 11, 10)
LABEL_SIZES = (12, 11, 10)
FOOT_SIZES = (10,)

#: Our own design.
GRID = Grid(
    TITLE,
    BODY,
    EXHIBIT,
    SIDE,
    WIDE,
    BELOW,
    SOURCE,
    STAMP,
    NUMBER,
    COVER_TITLE,
    COVER_SUBTITLE,
    COVER_COMPANY,
    COVER_STAMP,
    TITLE_SIZES,
    COVER_SIZES,
)

#: Theme slot -> token of the look. Slots are what PowerPoint calls them in its palette.
THEME = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "muted",
    "lt2": "line",
    "accent1": "programme",
    "accent2": "do_nothing",
    "accent3": "cost",
    "accent4": "capacity",
    "accent5": "risk",
    "accent6": "harm",
    "hlink": "programme",
    "folHlink": "muted",
}

INK = MSO_THEME_COLOR.TEXT_1
PAPER = MSO_THEME_COLOR.BACKGROUND_1
MUTED = MSO_THEME_COLOR.TEXT_2
LINE = MSO_THEME_COLOR.BACKGROUND_2
ACCENT = MSO_THEME_COLOR.ACCENT_1

#: What a mark of a role is filled with.
FILLS: dict[Role, MSO_THEME_COLOR] = {
    "programme": MSO_THEME_COLOR.ACCENT_1,
    "do_nothing": MSO_THEME_COLOR.ACCENT_2,
    "cost": MSO_THEME_COLOR.ACCENT_3,
    "capacity": MSO_THEME_COLOR.ACCENT_4,
    "risk": MSO_THEME_COLOR.ACCENT_5,
    "harm": MSO_THEME_COLOR.ACCENT_6,
    "muted": MSO_THEME_COLOR.TEXT_2,
}

#: What text of a role is written in: the light fills are too pale to read.
INKS: dict[Role, MSO_THEME_COLOR] = {**FILLS, "do_nothing": MUTED, "capacity": INK}


def rgb(token: str) -> RGBColor:
    """A colour of the look that has no slot in the theme; KeyError names a token that does not exist."""
    return RGBColor(*bytes.fromhex(look()[token].removeprefix("#")))
