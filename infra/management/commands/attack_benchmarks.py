from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from infra.attack.cases import CASES
from infra.attack.couples import Searched, search
from infra.attack.lifted import UNCONTROLLED
from infra.attack.publish import CONTROLLED, FIRST, publish
from infra.attack.story import METRICS, Story, stories
from infra.attack.together import search_together
from infra.attack.trial import Trial, with_rule, without_rule
from loyalty.metrics.definitions import DEFINITIONS

# Without control one example a metric is enough, and many are found.
EXAMPLES = 3
LIMITS = {"members": (12, 200), "months": (2, 60), "seed": (0, 2**31)}


class Command(BaseCommand):
    help = (
        "Attack the benchmarks of a made-up network: every practice's every figure, by every member and every pair who"
        " hold all releases and versions of a month together, or any two of one month or of neighboring months side by"
        " side. Beside it the same attack without"
        " disclosure control, and for each rule what becomes known when it alone is taken away. Exits with 1 if"
        " somebody is disclosed under control. Nothing real is read."
    )

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", type=int, default=40, metavar="N", help="(default %(default)s)")
        parser.add_argument("--months", type=int, default=24, metavar="M", help="(default %(default)s)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="(default %(default)s)")
        parser.add_argument("--metric", choices=METRICS, action="append", help="only this one; may be given again")
        parser.add_argument("--no-rules", action="store_true", help="leave out the table of rules, which takes minutes")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, (least, most) in LIMITS.items():
            if not least <= options[name] <= most:
                raise CommandError(f"--{name} must be from {least} to {most}.")
        chosen = options["metric"] or METRICS
        found = stories(members=options["members"], months=options["months"], seed=options["seed"])
        told = sum(self._attacked(story) for story in found if story.definition.key in chosen)
        if not options["no_rules"]:
            told += self._rules()
        if told:
            raise CommandError(f"{told} values are disclosed under control.", returncode=1)
        self.stdout.write("\nNobody is disclosed under control.")

    def _attacked(self, story: Story) -> int:
        name = DEFINITIONS[story.definition.key].name
        with tqdm(total=3, desc=name, unit="attack", disable=None) as bar:
            released = publish(story, CONTROLLED)
            together = search_together(dict(story.values), released.views, story.knowledge)
            bar.update()
            ours = search(dict(story.values), released.views, story.knowledge)
            bar.update()
            open_to_all = publish(story, UNCONTROLLED)
            small = [view for view in open_to_all.views if len(view.values) <= 3]
            theirs = search_together(dict(story.values), small, story.knowledge, enough=EXAMPLES)
            bar.update()
        hidden = ", ".join(f"{count} {rule}" for rule, count in sorted(released.hidden.items())) or "none"
        self.stdout.write(f"\n{name}: {len(released.views)} releases published; hidden: {hidden}")
        self.stdout.write(f"  under control    {_line(together)} (all of a month together)")
        self.stdout.write(f"                   {_line(ours)} (any two side by side)")
        self.stdout.write(f"  without control  {_line(theirs)} (all of a month together)")
        for threat in (*together.told[:EXAMPLES], *ours.told[:EXAMPLES], *theirs.told[:1]):
            value = story.values[threat.target]
            self.stdout.write(
                f"    practice {threat.target.member}, {FIRST.shifted(threat.target.month)}: {value:g}, by practices"
                f" {' and '.join(map(str, threat.attackers))} from {' and '.join(view.name for view in threat.views)}"
            )
        return len(ours.told) + len(together.told)

    def _rules(self) -> int:
        self.stdout.write("\nEach rule, on a small network in which it alone protects somebody:")
        told = 0
        for make in tqdm(CASES, desc="Rules", unit="rule", disable=None):
            case = make()
            kept, lifted = with_rule(case), without_rule(case)
            told += kept.is_disclosed
            self.stdout.write(f"  {case.rule}\n    {case.how}")
            self.stdout.write(
                f"    is {case.story.values[case.target]:g}; with the rule {_interval(kept)};"
                f" without it {_interval(lifted)}"
            )
        return told


def _line(searched: Searched) -> str:
    words = (
        f"{len(searched.told)} disclosed; {searched.attacks:,} attacks, {searched.solved:,} solved,"
        f" {len(searched.open)} not decided"
    )
    if searched.closest:
        words += f"; the closest is left an interval {searched.closest[0]:.1f} times as wide as a disclosure"
    return words


def _interval(trial: Trial) -> str:
    return f"{trial.least:.1f} to {trial.largest:.1f} ({'disclosed' if trial.is_disclosed else 'not disclosed'})"
