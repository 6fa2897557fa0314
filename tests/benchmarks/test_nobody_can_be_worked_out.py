"""Nobody's value can be worked out from what is released; without disclosure control the same attack succeeds."""

import random

import pytest

from loyalty.benchmarks.models import Release
from loyalty.benchmarks.release import PERCENTILE_COLUMNS
from tests.benchmarks import attack
from tests.benchmarks.attack import CONTROLLED, UNCONTROLLED, View, disclosed, plain_weights
from tests.benchmarks.network import METRIC, REPORTED, close, contribute, practices

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MONTHS = ["2026-05", "2026-06", "2026-07", "2026-08"]
MISTAKEN = "2026-07"


class Story:
    """Four months of a network. In July five join, and five July figures are corrected a month later.

    The two attackers are two of the five who join: three practices join that they do not know. They correct too.
    """

    def __init__(self, seed):
        draw = random.Random(seed)
        self.north = practices(12, region="North", size_band="small")
        self.south = practices(12, region="South", size_band="large")
        self.joined = [
            *practices(3, region="North", size_band="large"),
            *practices(2, region="North", size_band="small"),
        ]
        self.everybody = [*self.north, *self.south, *self.joined]
        self.names = {p.id: f"{place:02d}" for place, p in enumerate(self.everybody)}
        self.attackers = self.joined[:2]
        self.corrected = [*self.attackers, *self.north[:3]]
        self.truth = {}
        for p in self.everybody:
            value = min(max(draw.gauss(58, 17), 3), 97)
            for month in MONTHS:
                if p not in self.joined or month >= "2026-07":
                    self.truth[self.names[p.id], month, ""] = round(value, 2)
                value = min(max(value + draw.uniform(-3, 3), 0), 100)
        for p in self.corrected:
            self.truth[self.names[p.id], MISTAKEN, "mistaken"] = round(draw.uniform(0, 100), 2)
        for month in MONTHS:
            for p in self.everybody:
                self.report(p, month, "mistaken" if p in self.corrected and month == MISTAKEN else "")
            close(month)
            if month == MISTAKEN:
                for p in self.corrected:
                    self.report(p, month, "", at=REPORTED.replace(day=20))

    def report(self, practice, month, edition, **when):
        value = self.truth.get((self.names[practice.id], month, edition))
        if value is not None:
            contribute([practice], month, value=value, **when)

    def released(self):
        """Everything that any member can read, with who is in it, which a member cannot."""
        views = []
        for cell in Release.objects.filter(metric=METRIC, rule="").select_related("basis"):
            month = f"{cell.month:%Y-%m}"
            wrong = [p.id for p in self.corrected] if (month, cell.version) == (MISTAKEN, 1) else []
            members = frozenset(
                (self.names[p.id], month, "mistaken" if p.id in wrong else "")
                for p in self.everybody
                if str(p.id) in cell.basis.contributors
            )
            views.append(View(month, members, tuple(getattr(cell, column) for column in PERCENTILE_COLUMNS)))
        return views

    def uncontrolled(self):
        """What a page of filters would answer without disclosure control: each group, plainly, as it is today."""
        views = []
        for month in MONTHS:
            here = [p for p in self.everybody if (self.names[p.id], month, "") in self.truth]
            for region in ("", "North", "South"):
                for size in ("", "small", "large"):
                    group = [p for p in here if region in ("", p.region) and size in ("", p.size_band)]
                    members = frozenset((self.names[p.id], month, "") for p in group)
                    if group:
                        views.append(View(month, members, plainly([self.truth[value] for value in members])))
        return views

    def seen_by(self, *attackers, views, publication):
        return attack.Network(self.truth, views, publication, frozenset(self.names[p.id] for p in attackers))


def plainly(values):
    ordered = sorted(values)
    return tuple(
        sum(ordered[rank] * weight for rank, weight in plain_weights(len(ordered), percentile).items())
        for percentile in attack.PERCENTILES
    )


@pytest.fixture(params=[1, 2], ids=["one network", "another"])
def story(request, db):
    return Story(request.param)


def test_the_story_releases_what_an_attacker_would_like_to_have(story):
    cells = {(f"{c.month:%m}", c.cohort or "all", c.version): c.rule for c in Release.objects.filter(metric=METRIC)}
    assert cells["06", "all", 1] == cells["07", "all", 1] == cells["07", "all", 2] == ""
    assert cells["06", "North", 1] == cells["07", "North", 1] == cells["07", "South", 1] == ""


def test_two_who_joined_with_a_third_and_corrected_with_three_others_cannot_work_them_out(story):
    network = story.seen_by(*story.attackers, views=story.released(), publication=CONTROLLED)
    assert disclosed(network) == []


def test_no_other_two_can_work_anybody_out(story):
    for attackers in ([story.north[0], story.south[1]], [story.joined[2]], [story.south[0], story.south[5]]):
        network = story.seen_by(*attackers, views=story.released(), publication=CONTROLLED)
        assert disclosed(network) == []


def test_without_control_the_same_attack_works_out_the_third_who_joined(story):
    network = story.seen_by(*story.attackers, views=story.uncontrolled(), publication=UNCONTROLLED)
    third = story.names[story.joined[2].id]
    assert {value for value in disclosed(network) if value[0] == third} == {
        (third, "2026-07", ""),
        (third, "2026-08", ""),
    }
