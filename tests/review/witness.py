"""A second witness: the measures counted slowly, row by row, from the words of domain.md 11.1–11.2.

Plain Python; it shares nothing with `kernel.facts` and `kernel.measures`.
"""

WEIGHTS = {"response": 10, "satisfaction": 40, "resolution": 50}


def count(rows, start, end, as_of):
    """Measure → (numerator, denominator or None) of these fact rows, period [start, end)."""
    came = [row for row in rows if start <= row["created_at"] < end]
    ended = [row for row in rows if row["closed_at"] and start <= row["closed_at"] < end]
    return {**_callbacks(came), **_flow(came, ended), **_punctual(came, as_of), **_quality(came)}


def _callbacks(came):
    heard = [row for row in came if row["valid_callback"]]
    v = len(heard)
    c = len([row for row in heard if row["contacted"]])
    solved = [row for row in heard if row["solved"]]
    s1 = len([row for row in heard if row["satisfaction"] == "satisfied"])
    s2 = len([row for row in heard if row["satisfaction"] == "basic"])
    tenths = 10 * s1 + 9 * s2
    score = 10 * WEIGHTS["response"] * c + WEIGHTS["satisfaction"] * tenths + 10 * WEIGHTS["resolution"] * len(solved)
    found = {
        "response": (c, v),
        "resolution": (len(solved), v),
        "satisfaction": (tenths, 10 * v),
        "score": (score, 10 * v),
    }
    for name, time in (("solved_first", 1), ("solved_second", 2), ("solved_third", 3)):
        found[name] = (len([row for row in solved if row["rounds"] == time]), v)
    return found


def _flow(came, ended):
    return {
        "received": (len(came), None),
        "closed": (len(ended), None),
        "per_10k": (len(came), 0),  # the sheet knows no residents
        "repeats": (len([row for row in came if row["repeated"]]), len(came)),
        "excluded": (len([row for row in came if row["excluded"]]), len(came)),
    }


def _punctual(came, as_of):
    dated = [row for row in came if row["due_at"]]
    late = [row for row in dated if (row["closed_at"] or as_of) > row["due_at"]]
    met = [row for row in dated if row["closed_at"] and row["closed_at"] <= row["due_at"]]
    found = {"overdue": (len(late), None), "close_in_time": (len(met), len(met) + len(late))}
    for name, column in (("accept_in_time", "accepted_in_time"), ("contact_in_time", "contacted_in_time")):
        known = [row[column] for row in came if row[column] is not None]
        found[name] = (known.count(True), len(known))
    return found


def _quality(came):
    sent = [row for row in came if row["dispatched"]]
    total = {
        name: sum(row[name] or 0 for row in came) for name in ("redispatches", "objections", "checks", "mismatches")
    }
    return {
        "handovers": (total["redispatches"], len(sent)),
        "objections_upheld": (total["redispatches"], total["objections"]),
        "dispatch_accuracy": (len([row for row in sent if not row["redispatches"]]), len(sent)),
        "mismatch": (total["mismatches"], total["checks"]),
    }
