"""Sizes, regions and traits of the sixty members, before anything is written."""

from collections import Counter
from zoneinfo import available_timezones

import pytest

from infra.seeds.members import MEMBERS, MOUNTAIN
from infra.seeds.traits import draw_traits


def test_there_are_sixty_members_with_names_and_addresses_of_their_own() -> None:
    assert len(MEMBERS) == 60
    assert len({member.slug for member in MEMBERS}) == len({member.name for member in MEMBERS}) == 60
    assert [member.slug for member in MEMBERS[:2]] == ["aurora", "borealis"]


def test_one_region_is_too_small_to_be_shown_and_the_others_are_not() -> None:
    sizes = Counter(member.region for member in MEMBERS)
    contributors = Counter(member.region for member in MEMBERS if member.agreed)
    assert len(sizes) == 4
    assert sizes[MOUNTAIN] < 10
    assert all(count >= 15 for region, count in contributors.items() if region != MOUNTAIN)


def test_every_size_has_enough_members_and_so_has_its_rest() -> None:
    sizes = Counter(member.size_band for member in MEMBERS if member.agreed)
    assert len(sizes) == 3
    assert all(12 <= count <= len(MEMBERS) - 12 for count in sizes.values())


def test_a_couple_of_members_have_not_agreed() -> None:
    assert sum(not member.agreed for member in MEMBERS) == 2


def test_later_groups_are_large_enough_to_be_let_in_together() -> None:
    assert all(count >= 5 for group, count in Counter(member.late for member in MEMBERS).items() if group)


def test_every_town_has_a_time_zone_that_exists() -> None:
    assert {town.time_zone for member in MEMBERS for town in member.towns} <= available_timezones()
    zones = {member.slug: {town.time_zone for town in member.towns} for member in MEMBERS}
    assert any(len(found) > 1 for found in zones.values())


@pytest.mark.parametrize("seed", [1, 20_261])
def test_practices_differ_widely_whatever_the_seed(seed: int) -> None:
    traits = draw_traits(seed)
    scores = sorted(trait.nps for trait in traits.values())
    assert scores[0] < 35
    assert scores[-1] > 80
    assert sum(not trait.writes_notes for trait in traits.values()) >= 4
    assert sum(trait.noted > 0.8 for trait in traits.values()) >= 4
    assert all(trait.writes_notes or trait.noted < 0.1 for trait in traits.values())


@pytest.mark.parametrize("seed", [1, 20_261])
def test_aurora_is_good_at_notes_and_weak_at_booking_the_next_visit(seed: int) -> None:
    traits = draw_traits(seed)
    others = sorted(trait.rebooked for trait in traits.values())
    assert traits["aurora"].rebooked < others[14]
    assert traits["aurora"].noted > sorted(trait.noted for trait in traits.values())[30]
    assert traits["aurora"].nps > sorted(trait.nps for trait in traits.values())[30]


def test_traits_do_not_depend_on_how_many_are_seeded_but_on_the_seed() -> None:
    assert draw_traits(3) == draw_traits(3)
    assert draw_traits(3) != draw_traits(4)
