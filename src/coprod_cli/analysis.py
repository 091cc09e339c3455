"""THE ROUTE: survey files and settings go in, Findings come out. Read this file first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coprod_cli import __version__, coding, protecting, reading, scoring, summarising
from coprod_cli.model.findings import CoderReport, Findings, Provenance, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import Governance
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import Answer, Response, rows

OnStep = Callable[[str], None]
# Fewer people than this are no theme, whoever may see them.
_LEAST_SUGGESTED = 5


def analyse(  # noqa: PLR0913  # every input is named by its caller
    paths: Sequence[Path],
    settings: Settings,
    *,
    framework_path: Path | None = None,
    mapping_path: Path | None = None,
    governance_path: Path | None = None,
    targets_path: Path | None = None,
    previous_paths: Sequence[Path] = (),
    codes: Sequence[tuple[str, Path]] = (),
    coder_path: Path | None = None,
    salt: str | None = None,
    rounds: Sequence[str] | None = None,
    on_step: OnStep = lambda _: None,
) -> Findings:
    """Findings of one survey, in one or several files, fit for the audience in the settings.

    Args:
        paths: the survey's export files; parents' and practitioners' may be separate.
        settings: engine, audience, seed and so on.
        framework_path: a framework of the user's own; None for the one that coprod ships.
        mapping_path: a mapping file that overrides what reading would guess.
        governance_path: what is on paper about each project; None for nothing.
        targets_path: shares of a population that the people of one role are weighted to; None for no such weights.
        previous_paths: folders of earlier reports, the latest last, that readers may set beside this one.
        codes: files of codes that people made, with what to call each; where several coded an answer the first counts.
        coder_path: a coder learnt from people's codes, in the place of an engine; its framework counts where none is
            given. The engine of the settings is LEARNT then.
        salt: a secret of the user's own that ids of people are made with; None for one of this survey alone.
        rounds: of each path, the name of its round, in the order of time; projects are then set side by side, too. None
            where all paths are one survey.
        on_step: told the name of each step as it begins.

    Raises:
        CoprodError: a file cannot be read or does not say what it should.
    """
    on_step("Reading the survey")
    model = reading.read_model(coder_path) if coder_path else None
    framework = model.framework if model and not framework_path else reading.read_framework(framework_path)
    machine = coding.load_learnt(model, framework) if model else coding.find_machine(settings.engine)
    mapping = reading.read_mapping(mapping_path) if mapping_path else None
    governance = reading.read_governance(governance_path, framework) if governance_path else Governance()
    targets = reading.read_targets(targets_path) if targets_path else None
    releases = tuple(reading.read_release(path) for path in previous_paths)
    codings = tuple(each for who, path in codes for each in reading.read_people(path, framework, who))
    survey = reading.read_survey(
        paths,
        framework,
        mapping,
        accepting=settings.accept_guesses,
        keep_partial=settings.keep_partial,
        salt=salt,
        targets=targets,
        rounds=rounds or (),
    )
    survey = reading.require_questions(survey)
    governance = reading.fit_governance(governance, set(survey.responses["project"]))
    governance = protecting.mask_governance(governance, survey.private_words)
    survey = protecting.mask_survey(survey)
    on_step("Coding the answers")
    mentions = coding.code_answers(survey.answers, _list_questions(survey), _list_roles(survey), framework, machine)
    places = summarising.find_places(survey, salt)
    limits = framework.thresholds_for(settings.audience)
    by_hand = coding.put_codes(mentions, codings, places, survey.answers)
    by_hand = coding.set_lessons_aside(by_hand, machine, places, limits.small_cell)
    mentions = by_hand.mentions
    review = _name_review(coder_path, framework_path)
    gates = tuple(scoring.read_gate(each, framework) for each in settings.gates)
    notes = (
        *coding.note_languages(survey.answers, limits.small_cell),
        *coding.note_unsure(mentions, limits.small_cell, review),
    )
    survey = replace(survey, notices=(*survey.notices, *governance.notices, *by_hand.notices, *notes))
    known = coding.list_known(framework, machine)
    # What no theme covers can only be told where themes were looked for.
    suggestions = (
        ()
        if not known
        else coding.find_emerging(
            survey.answers,
            mentions,
            _list_people(survey),
            seed=settings.seed,
            least=max(limits.min_base, _LEAST_SUGGESTED),
            few=limits.small_cell,
        )
    )
    # An answer in which a person found nothing stays so; that it was looked at is said by a line without a theme.
    mentions = by_hand.list_all()
    coder = _keep_themes(machine.report, framework)
    scored_themes = choose_scored_themes(coder, framework, settings.comments)
    on_step("Scoring the projects")
    # Where rated questions wait to be confirmed, a score from comments alone would stand in their place.
    waiting = any(notice.code == "item_unconfirmed" for notice in survey.notices)
    comment_themes = () if settings.comments == "none" or waiting else _list_feeding(framework)
    survey, weighting = scoring.rake_weights(survey, targets.targets if targets else None, framework.scoring)
    heard = scoring.gather_evidence(
        survey,
        mentions,
        framework,
        scored_themes,
        comment_themes,
        machine=coding.MACHINES,
        checked_themes=() if settings.comments == "none" else None,
    )
    facts = {each.project: each for each in governance.projects}
    held, on_paper = scoring.judge_facts(governance, framework)
    scored = scoring.score_projects(
        survey,
        heard,
        framework,
        limits,
        settings.seed,
        limits=held,
        facts=facts,
        gates=gates,
        rounds=tuple(rounds or ()),
        side_by_side=rounds is not None,
        coder=coder.themes,
    )
    # Nobody knows how many people spoke of two projects, so the ranges of differences between projects mean nothing.
    scored = replace(scored, beside=scoring.hold_apart(scored.beside, survey.nameless))
    said = scoring.judge_patterns(
        survey, mentions, scored.contrasts, framework, limits, governance=governance, machines=coding.MACHINES
    )
    findings = summarising.summarise(
        survey=survey,
        coded=summarising.Coded(
            mentions,
            coder,
            scored_themes,
            suggestions,
            scoring.measure_checked(
                survey,
                mentions,
                by_hand.replaced,
                by_hand.answers,
                framework=replace(framework, themes=tuple(each for each in framework.themes if each.id in known)),
                thresholds=limits,
                seed=settings.seed,
                weights=by_hand.weights,
                silent=_list_silent(survey),
                coders=tuple(each.who for each in codings),
            ),
            coding.compare_coders(codings, _list_ids(framework), _list_writers(survey, places), settings.seed),
            salt,
            known,
            review,
        ),
        scored=scored,
        governance=governance,
        flags=scoring.settle_flags((*on_paper, *said), governance, framework),
        weighting=weighting,
        framework=framework,
        settings=settings,
        provenance=replace(
            _trace(survey, framework, mapping.sha256 if mapping else ""),
            targets_sha256=targets.targets.sha256 if targets else "",
            previous_sha256=tuple(each.sha256 for each in releases),
            codes_sha256=tuple(each.sha256 for each in codings),
            own_framework=framework_path is not None or model is not None,
            coder_sha256=machine.sha256,
        ),
    )
    return protecting.for_publication(findings, releases)


def _name_review(coder_path: Path | None, framework_path: Path | None) -> str:
    """The command by which a person checks these codes; files go by stand-ins, since only the manifest names any."""
    return (
        "coprod review SURVEY"
        + (" --coder MODEL" if coder_path else "")
        + (" --framework FRAMEWORK" if framework_path else "")
    )


def choose_scored_themes(coder: CoderReport, framework: Framework, rule: str) -> tuple[str, ...]:
    """Themes whose machine-coded mentions may join closed items in a score.

    "reliable": what would enter a score (for or against, of the joint work) is coded with an alpha, and measured on as
    many answers, as the framework's floor asks; "all": every theme that feeds a dimension; "none": no theme.
    """
    rules = framework.scoring
    good = {each.theme for each in coder.themes if rules.admits(each.verdict_alpha, each.cases)}
    allowed = {"reliable": good, "all": {each.id for each in framework.themes}, "none": set[str]()}[rule]
    return tuple(theme for theme in _list_feeding(framework) if theme in allowed)


def _keep_themes(coder: CoderReport, framework: Framework) -> CoderReport:
    """Without the themes that a framework of one's own has left out."""
    known = {theme.id for theme in framework.themes}
    return coder._replace(themes=tuple(each for each in coder.themes if each.theme in known))


def _list_feeding(framework: Framework) -> tuple[str, ...]:
    return tuple(each.id for each in framework.themes if each.feeds)


def _list_questions(survey: Survey) -> dict[str, str]:
    return {each.name: each.text for each in survey.questions}


def _list_roles(survey: Survey) -> dict[str, str]:
    return {each.response: each.role for each in rows(survey.responses, Response)}


def _list_people(survey: Survey) -> dict[str, str]:
    return {each.response: each.person for each in rows(survey.responses, Response)}


def _list_silent(survey: Survey) -> frozenset[tuple[str, str]]:
    """Response and question of the answers that say nothing."""
    answers = rows(survey.answers, Answer)
    return frozenset((each.response, each.question) for each in answers if coding.says_nothing(each.masked))


def _list_ids(framework: Framework) -> tuple[str, ...]:
    return tuple(theme.id for theme in framework.themes)


def _list_writers(survey: Survey, places: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Who wrote each answer, by the id that outputs show."""
    people = _list_people(survey)
    return {name: people[response] for name, (response, _) in places.items()}


def _trace(survey: Survey, framework: Framework, mapping_sha256: str) -> Provenance:
    return Provenance(
        version=__version__,
        sources=survey.sources,
        framework_sha256=framework.sha256,
        weights_sha256=coding.weights_sha256(),
        mapping_sha256=mapping_sha256,
        own_weights=any(each.kind is ColumnKind.WEIGHT for source in survey.sources for each in source.columns),
    )
