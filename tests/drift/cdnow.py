"""CDNOW, the data every model of this family is tried on: 2,357 customers of 39 weeks, shipped by `lifetimes`."""

import csv
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from loyalty.drift import Table


def cdnow() -> Table:
    """x, t_x and T in weeks. The file is read where it lies: importing the package would warn."""
    package = find_spec("lifetimes")
    assert package is not None, "CDNOW comes with `lifetimes`: run `make setup-dev`."
    path = Path(package.origin).parent / "datasets" / "cdnow_customers_summary.csv"
    with path.open() as lines:
        rows = [(row["frequency"], row["recency"], row["T"]) for row in csv.DictReader(lines)]
    x, t_x, until = np.array(rows, dtype=np.float64).T
    return Table.of(x=x, t_x=t_x, T=until)
