"""Close the months over which the real export has visits, and print what became of one metric. Run as a module."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from loyalty.benchmarks.close_month import close_month  # noqa: E402
from loyalty.benchmarks.models import Contribution, Release  # noqa: E402
from loyalty.metrics.windows import Month  # noqa: E402

YEARS = (2005, 2015, 2016, 2017)


def newest(month: str) -> dict[str, str]:
    """Metric → the rule that hides it, or "published"; of all practices, the latest version."""
    releases = Release.objects.filter(month=f"{month}-01", cohort_kind="all").order_by("version")
    return {release.metric: release.rule or "published" for release in releases}


if __name__ == "__main__":
    for year in YEARS:
        for month in range(1, 13):
            close_month(month=Month.parse(f"{year}-{month:02d}"), now=timezone.now())
    contributors = Contribution.objects.filter(month="2016-12-01", metric="active_patients").count()
    told = {month: newest(month) for month in ("2005-12", "2015-01", "2016-12")}
    print(json.dumps({**told, "contributors": contributors}))
