"""When: the year's curves (domain.md 4), the week, the hours of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from huiyin.kernel.calendar import WorkCalendar

Floats = npt.NDArray[np.float64]
_YEAR: Final = 365
# (day of the year, height): straight lines between, the year is a ring. 311 = 7 Nov, 319 = 15 Nov, 74 = 15 Mar.
CURVES: Final[dict[str, tuple[tuple[int, float], ...]]] = {
    "flat": ((1, 1),),
    "heating": (
        (1, 1.4), (20, 1.5), (46, 0.8), (73, 0.4), (76, 0), (309, 0), (311, 0.5), (318, 0.7), (319, 2.8), (332, 2),
        (350, 1.4),
    ),
    "trial": ((290, 0), (305, 1), (310, 4), (312, 8), (318, 6), (323, 1.5), (335, 0)),
    "heatfee": ((20, 0.6), (75, 0.4), (120, 0.1), (240, 0.2), (280, 2), (319, 3.2), (350, 1.2)),
    "spring": ((60, 0.9), (80, 1.8), (130, 1.6), (170, 0.8)),
    "catkins": ((88, 0.05), (98, 2), (115, 7), (130, 5), (148, 1), (175, 0.7), (260, 0.3), (300, 0.05)),
    "summer": ((20, 0.5), (105, 0.7), (152, 1.5), (196, 2), (243, 1.5), (290, 0.6)),
    "storm": ((20, 0.6), (150, 0.8), (185, 1.6), (225, 1.7), (250, 0.9), (300, 0.6)),
    "nightworks": ((20, 0.25), (90, 0.8), (130, 1.7), (165, 2.2), (250, 1.6), (300, 0.8), (340, 0.4)),
    "autumn": ((15, 1.2), (60, 0.6), (250, 0.6), (300, 1.6), (325, 2), (345, 1.3)),
    "school": (
        (15, 0.7), (35, 0.3), (58, 1.4), (180, 1), (195, 0.2), (238, 0.4), (244, 3.4), (265, 2), (290, 1.2),
        (350, 1),
    ),
    "enrol": ((40, 0.4), (100, 1.4), (130, 2.4), (180, 2), (230, 2.2), (250, 0.7), (290, 0.3)),
    "moving": ((30, 0.7), (50, 1.6), (85, 1), (170, 1), (195, 1.9), (235, 1.7), (260, 0.9), (330, 0.7)),
    "yearend": ((5, 2), (30, 2.2), (45, 0.8), (80, 0.7), (280, 0.8), (340, 1.5)),
    "shopping": ((20, 0.8), (150, 0.9), (170, 1.6), (190, 0.9), (310, 0.9), (320, 2.2), (340, 1.3)),
    "commute": ((20, 0.5), (90, 1.2), (190, 1), (270, 1.4), (330, 0.7)),
}  # fmt: skip
_HOURS: Final = (
    0.2, 0.1, 0.1, 0.1, 0.1, 0.15, 0.35, 0.8, 1.5, 2, 2, 1.7,
    1.1, 1.2, 1.7, 1.8, 1.6, 1.4, 1.2, 1.2, 1.1, 0.9, 0.6, 0.35,
)  # fmt: skip
_NIGHT_HOURS: Final = (
    2, 1.2, 0.8, 0.5, 0.4, 0.5, 0.8, 0.9, 0.8, 0.7, 0.6, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.5, 0.8, 1, 1.6, 2.4, 3.2, 3,
)  # fmt: skip
NIGHTLY: Final = frozenset({"08.01", "06.03"})
_WEEKEND, _HOLIDAY, _FESTIVAL, _MONDAY = 0.78, 0.62, 0.45, 1.12
_STORM_TOPICS: Final = frozenset({"04.03"})
FIREWORKS: Final = "08.04"


def hour_weights(*, nightly: bool) -> Floats:
    weights = np.array(_NIGHT_HOURS if nightly else _HOURS)
    return np.asarray(weights / weights.sum())


def curve(season: str, days: Sequence[date]) -> Floats:
    """The season's height on each day; 1 on average over a year."""
    knots = sorted(CURVES[season])
    at, heights = [day for day, _ in knots], [height for _, height in knots]
    whole = np.interp(np.arange(1, _YEAR + 1), at, heights, period=_YEAR)
    mine = np.interp([day.timetuple().tm_yday for day in days], at, heights, period=_YEAR)
    return np.asarray(mine / whole.mean())


def week(days: Sequence[date]) -> Floats:
    """How busy a day is, whatever the topic."""
    calendar = WorkCalendar()
    return np.array([_busy(day, calendar) for day in days])


def _busy(day: date, calendar: WorkCalendar) -> float:
    if calendar.is_workday(day):
        return 1.0 if day.weekday() else _MONDAY
    if is_festival(day, calendar):
        return _FESTIVAL
    return _WEEKEND if calendar.reason(day, "en") == "weekend" else _HOLIDAY


def is_festival(day: date, calendar: WorkCalendar) -> bool:
    return "Spring Festival" in calendar.reason(day, "en") and not calendar.is_workday(day)


@dataclass(frozen=True, slots=True)
class Weather:
    """First days of cold snaps and of cloudbursts."""

    cold: tuple[date, ...]
    rain: tuple[date, ...]


def draw_weather(days: Sequence[date], rng: np.random.Generator) -> Weather:
    return Weather(
        cold=_spells(days, ((11, 18, 25), (1, 4, 20)), rng),
        rain=_spells(days, ((7, 8, 12), (7, 22, 12), (8, 6, 14)), rng),
    )


def bursts(code: str, season: str, days: Sequence[date], weather: Weather) -> Floats:
    """What weather and the fireworks of the festival add to the days of a topic: a factor a day."""
    factors = np.ones(len(days))
    if season == "heating":
        _lift(factors, days, weather.cold, (1.8, 2.8, 3, 2.4, 1.6))
    elif season == "storm" or code in _STORM_TOPICS:
        _lift(factors, days, weather.rain, (5, 3, 1.5))
    elif code == FIREWORKS:
        calendar = WorkCalendar()
        factors[[is_festival(day, calendar) for day in days]] = 4
    return factors


def _spells(
    days: Sequence[date], windows: Sequence[tuple[int, int, int]], rng: np.random.Generator
) -> tuple[date, ...]:
    """A first day in each (month, day, length) window, in each year that the days touch."""
    drawn = [(month, day, int(rng.integers(length))) for month, day, length in windows]
    years = range(days[0].year, days[-1].year + 1)
    return tuple(date(year, month, day) + timedelta(days=after) for year in years for month, day, after in drawn)


def _lift(factors: Floats, days: Sequence[date], starts: Sequence[date], heights: Sequence[float]) -> None:
    for start in starts:
        for after, height in enumerate(heights):
            at = (start - days[0]).days + after
            if 0 <= at < len(days):
                factors[at] *= height
