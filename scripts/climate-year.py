#!/usr/bin/env python3
"""Checks the list of alarms of the year of climate data by another way than the program's.

  scripts/climate-year.py TRHdata.csv sensors/alarm/material/testdata/year-2024.tsv

It knows nothing of states and phases: it looks the whole year over for runs of values that are out
long enough, and then for runs that are good long enough. Figures are worked out from
the definitions anew. It prints what differs and ends with 1, or says that all agree.
"""
import csv
import math
import sys
from datetime import datetime, timezone

HOUR = 3600
GAP = 3600
SLOTS = 48


def read(path):
    rows = [r for r in csv.DictReader(open(path)) if "nan" not in (r["temp_c"], r["rh_pct"])]  # nothing was measured
    at = [int(datetime.strptime(r["time_utc"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()) for r in rows]
    return at, [float(r["temp_c"]) for r in rows], [float(r["rh_pct"]) for r in rows]


def runs(at, flags):
    """For each position where the run of trues that it belongs to began, None where it is false. A gap ends a run."""
    start, out = None, []
    for i, f in enumerate(flags):
        if i > 0 and at[i] - at[i - 1] > GAP:
            start = None
        start = (i if start is None else start) if f else None
        out.append(start)
    return out


def alarms(at, values, out, back, above, hold, clear):
    """Raised where a run of out has lasted for hold, cleared where a run of back after it has lasted for clear."""
    out_run, found, i = runs(at, out), [], 0
    while i < len(at):
        s = out_run[i]
        if s is None or at[i] - at[s] < hold:
            i += 1
            continue
        j, b = i + 1, None
        while j < len(at):
            if at[j] - at[j - 1] > GAP:
                b = None
            b = (j if b is None else b) if back[j] else None
            if b is not None and at[j] - at[b] >= clear:
                break
            j += 1
        beyond = [v for v, o in zip(values[s:j], out[s:j]) if o]
        # of two bounds, the side that was left last before it ended counts
        side = [a for a, o in zip(above[s:j], out[s:j]) if o]
        k = len(side)
        while k > 0 and side[k - 1] == side[-1]:
            k -= 1
        worst = max(beyond[k:]) if side[-1] else min(beyond[k:])
        found.append((at[s], at[i], at[j] if j < len(at) else None, worst))
        if j == len(at):
            break
        # after it is cleared a run of out begins anew
        for k in range(j + 1, len(at)):
            if out_run[k] is not None and out_run[k] <= j:
                out_run[k] = j + 1
        i = j + 1
    return found


def swing(at, values, span=24 * HOUR):
    """Greatest less least value of the slot of each moment and the 47 before it."""
    width = span // SLOTS
    result, first = [], 0
    for i, t in enumerate(at):
        while at[first] // width <= t // width - SLOTS:
            first += 1
        part = values[first : i + 1]
        result.append(max(part) - min(part))
    return result


def dew(celsius, rh):
    g = math.log(rh / 100) + 17.62 * celsius / (243.12 + celsius)
    return 243.12 * g / (17.62 - g)


def still(at, values, tolerance=0.0):
    """For how long each value has been as it is."""
    result, start = [], 0
    for i, v in enumerate(values):
        if abs(v - values[start]) > tolerance or i > 0 and at[i] - at[i - 1] > GAP:
            start = i
        result.append(at[i] - at[start])
    return result


def expected(at, temp, rh):
    """Every alarm, by objects and rule."""
    result = {}

    def upper(key, values, high, hysteresis, hold, clear):
        result[key] = alarms(at, values, [v > high + 1e-9 for v in values], [v <= high - hysteresis + 1e-9 for v in values], [True] * len(at), hold, clear)

    upper(("metal", "limit relative-humidity"), rh, 40, 1.6, 1800, 900)
    result["organic", "limit relative-humidity"] = alarms(
        at, rh, [v > 60 or v < 50 for v in rh], [52 <= v <= 58 for v in rh], [v > 55 for v in rh], 1800, 900)
    for objects in ("metal", "organic", "mixed"):
        upper((objects, "swing relative-humidity"), swing(at, rh), 5, 0.2, 0, 900)
        upper((objects, "swing temperature"), swing(at, temp), 5, 0.2, 0, 900)
    margin = [t - 8 - dew(t, h) for t, h in zip(temp, rh)]
    result["any", "dew-point"] = alarms(at, margin, [m < 3 for m in margin], [m >= 3.5 for m in margin], [False] * len(at), 1800, 900)
    quiet = still(at, rh)
    result["any", "stuck relative-humidity"] = alarms(at, quiet, [q >= 21600 for q in quiet], [q == 0 for q in quiet], [True] * len(at), 0, 0)
    return result


def main():
    want = expected(*read(sys.argv[1]))
    stamp = lambda t: "-" if t is None else datetime.fromtimestamp(t, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    mine = {(o, r, stamp(s), stamp(a), stamp(c), "%.2f" % w) for (o, r), list_ in want.items() for s, a, c, w in list_}
    theirs = {tuple(line.rstrip("\n").split("\t")) for line in list(open(sys.argv[2]))[1:]}
    for name, odd in (("only here", mine - theirs), ("only in the list", theirs - mine)):
        for row in sorted(odd)[:20]:
            print(name, *row)
    if mine != theirs:
        sys.exit(1)
    print(f"all {len(mine)} alarms agree")


if __name__ == "__main__":
    main()
