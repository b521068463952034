"""Import: files of other systems become cases, row by row checked, safe to repeat. Start at `runs.run`."""

from huiyin.collect.importing.maps import Map, find_map, fitting_map, read_map
from huiyin.collect.importing.problems import FileProblem
from huiyin.collect.importing.runs import Result, run

__all__ = ["FileProblem", "Map", "Result", "find_map", "fitting_map", "read_map", "run"]
