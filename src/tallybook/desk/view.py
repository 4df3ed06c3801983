"""What the explorer shows of a case under moved settings: verdict, picture, and the verdicts of all claims.

The same law, records and painter as everywhere else; the law is asked anew for each setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tallybook.book.problems import BookError, Problem, require_name
from tallybook.charts.interval_rows import claim_picture
from tallybook.charts.interval_table import table_of
from tallybook.charts.wording import capital, plain
from tallybook.desk.settings import FIRST, MOVED, Setting, scale_of, setting_of
from tallybook.prose import clipped, counted, quoted
from tallybook.terms import AsOf, Relation, Verdict
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.judgement import verdicts_of

if TYPE_CHECKING:
    from tallybook.matching.matcher import Matcher
    from tallybook.quantity import Policy
    from tallybook.tables.case import Case
    from tallybook.verdicts.verdict import ClaimVerdict


class Desk:
    """A case on the desk. BookError where the article has no claim to compare; UnknownName: no such claim."""

    def __init__(self, case: Case, claim: str | None = None) -> None:
        self.case = case
        self.claims = case.comparison().claims
        if not self.claims:
            message = "no figure of this article has a measure yet, so that there is nothing to compare."
            raise BookError([Problem(f"claims/{case.id}.yaml", 1, message)])
        if claim is not None:
            require_name("claim", claim, self.claims)
        self.own = Setting(claim or next(iter(self.claims)), AsOf.TODAY, None, False, case.policy)
        self._last_made: tuple[tuple[AsOf, Policy], Matcher] | None = None

    @cached_property
    def families(self) -> dict[str, str]:
        """The name of each source group that can be left out, by its id: those that can be witnesses."""
        made = self.case.matcher()
        there = {made.families[e.statement.speaker_id] for e in made.estimates}
        return {f.id: f.name for f in sorted(there, key=lambda f: f.name) if f.independent}

    def choices(self) -> dict[str, Any]:
        """What can be chosen and moved, with the words for it."""
        policy = self.case.policy
        return {
            "claims": [[id_, plain(quoted(terms.words, 120))] for id_, terms in self.claims.items()],
            "families": [[id_, plain(clipped(name, 100))] for id_, name in self.families.items()],
            "times": [[str(time), capital(time.meaning)] for time in AsOf],
            "own": _values(self.own),
            "dials": [
                {"field": dial.field, "name": capital(dial.name), "first": dial.field in FIRST}
                | dict(zip(("low", "high", "step"), scale_of(dial, policy), strict=True))
                for dial in MOVED
            ],
        }

    def setting(self, asked: Mapping[str, Any]) -> Setting:
        """What a page asks for, within bounds."""
        return setting_of(asked, self.own, self.claims, self.families)

    def comparison(self, setting: Setting, of: str | None = None) -> Comparison:
        """The law's answer under a setting, on all claims or on one."""
        return self._compared(setting, self._matcher(setting), of)

    def _matcher(self, setting: Setting) -> Matcher:
        """The columns of a setting; they stay while tolerance, window, claim or source group is moved."""
        key = setting.as_of, replace(setting.policy, tolerance=0.0, window_days=0)
        if self._last_made is None or self._last_made[0] != key:
            self._last_made = key, self.case.with_policy(setting.policy).matcher(setting.as_of)
        return self._last_made[1]

    def _compared(self, setting: Setting, made: Matcher, of: str | None) -> Comparison:
        evidence, article = self.case.evidence, self.case.article
        return compare(evidence, article, made, setting.policy, setting.as_of, without=setting.without, of=of)

    def shown(self, setting: Setting) -> dict[str, Any]:
        """All that a page needs: the settings with their words, and three pieces of HTML."""
        claim, made = setting.claim, self._matcher(setting)
        compared = self._compared(setting, made, claim)
        now = verdicts_of(made, setting.policy, without=setting.without)
        own = {id_: one.verdict for id_, one in self.case.comparison(setting.as_of).verdicts.items()}
        return {
            "values": _values(setting),
            "words": {d.field: d.words(float(getattr(setting.policy, d.field))) for d in MOVED},
            "notes": self._notes(setting),
            "verdict": self._verdict(compared.verdicts[claim], own[claim]),
            "picture": table_of(claim_picture(compared, claim)),
            "verdicts": self._verdicts(now, own),
            "trials": self._trials(setting) if setting.trials else "",
        }

    def _notes(self, setting: Setting) -> dict[str, str]:
        """Where a measure has a width of its own, moving that of the case changes nothing about the claim."""
        measure = self.claims[setting.claim].measure
        own = set(measure.policy.model_fields_set) if measure.policy else set()
        own |= {"window_days"} if measure.window_days is not None else set()
        return {d.field: "The measure of this claim has its own." for d in MOVED if d.field in own}

    def _verdict(self, judged: ClaimVerdict, own: Verdict) -> Markup:
        draft = _quiet("This is a draft: nobody has looked at every figure yet.")
        attributed = judged.heading == "attribution"
        named = Markup('<b>{}</b> <span class="quiet">the finding:</span> ').format(
            capital(judged.fidelity.named.label)
        )
        other = Markup(' <span class="quiet own">under the case’s own settings: {}</span>').format(own)
        return Markup('<p class="ruling">{}{}{}</p><p>{}</p>{}').format(
            named if attributed else "",
            _signed(judged.verdict),
            other if judged.verdict is not own else "",
            plain(judged.why),
            draft if self.case.article.is_draft else "",
        )

    def _verdicts(self, now: Mapping[str, Verdict], before: Mapping[str, Verdict]) -> Markup:
        """All claims with their verdicts; the caption says how many are others now."""
        changed = [id_ for id_ in now if now[id_] is not before[id_]]
        count = f"{len(changed)} of {counted(len(now), 'verdict')}" if changed else "no verdict"
        head = Markup(
            '<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th>'
            '<th scope="col">Under the case’s own settings</th></tr></thead>'
        )
        rows = [
            Markup('<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(
                "changed" if id_ in changed else "",
                plain(quoted(self.claims[id_].words, 120)),
                _signed(now[id_]),
                _signed(before[id_]),
            )
            for id_ in now
        ]
        return Markup(
            '<details><summary>All claims: {} changed</summary><table class="verdicts">'
            '<caption class="unseen">The verdict on every claim</caption>'
            "{}<tbody>{}</tbody></table></details>"
        ).format(count, head, _joined(rows))

    def _trials(self, setting: Setting) -> Markup:
        """Each change by itself that would change the verdict, as the trials of robustness found it."""
        tried = [t for t in self.case.trials(setting.as_of) if t.claim == setting.claim]
        flips = [t for t in tried if t.change] or tried
        said = _joined(Markup("<li>{}.</li>").format(plain(capital(t.said))) for t in flips)
        return Markup(
            '<p class="quiet">One change at a time, from the case’s own settings:</p><ul>{}</ul>'
        ).format(said)


def _values(setting: Setting) -> dict[str, Any]:
    chosen = {"claim": setting.claim, "as_of": str(setting.as_of), "without": setting.without or ""}
    return chosen | {"trials": setting.trials} | asdict(setting.policy)


def as_page(shown: Mapping[str, Any]) -> str:
    """The state of an explorer as HTML, for a page that has nothing to move."""
    return f"{shown['verdict']}{shown['picture']}"


def _signed(term: Verdict | Relation) -> Markup:
    return Markup('<span class="is-{}">{}</span>').format(term.replace(" ", "-"), term.label)


def _quiet(text: str) -> Markup:
    return Markup('<p class="quiet">{}</p>').format(text)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
