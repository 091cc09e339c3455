"""Findings go in; with what settings and versions they were made, and which judgements are in them, come out."""

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Paragraph, Section, Table
from coprod_cli.reporting.story_of_rungs import CREDIT
from coprod_cli.reporting.wording import read_limits
from coprod_cli.telling import name_dimension

CONVENTIONS = {
    "slack": "points that the overall score may be above the lowest core dimension",
    "min_other_dimensions": "dimensions that an overall score needs besides the core ones",
    "draws": "draws of the likely range",
    "level": "of the likely range",
    "prior_df": "what the usual spread counts for, in degrees of freedom",
    "prior_sd": "the usual spread between people, in points, in the middle of the scale",
    "comments_prior_sd": "the same where comments stand alone",
    "max_comment_weight": "questions that one person's comments count for at most",
    "min_theme_alpha": "Krippendorff's alpha from which a machine-coded theme may enter a score",
    "min_theme_cases": "coded answers that this must have been measured on",
    "min_item_certainty": "how sure a guessed dimension must be for a question to count unconfirmed",
    "gap_points": "points from which a gap between roles may be called clear",
    "gap_probability": "chance of its sign from which it may",
    "sure_change": "chance from which a change is better or worse",
    "likely_change": "chance from which it is probably so",
    "named_rung": "chance from which one rung, or two neighbours, are named",
    "least_weight": "lowest weight after raking",
    "most_weight": "highest weight after raking",
    "alpha_people": "people from whom on Cronbach's alpha is told",
    "shrink_projects": "projects from which on shrunken scores are shown in comparisons",
    "least_answered": "share of a closed group that must have answered for its size to narrow ranges",
    "early_months": "months up to which a project is told to be early",
}
LIMITS = {
    "min_base": "people behind any score",
    "min_composite": "people behind an overall score",
    "min_compare": "people of each group behind a comparison",
    "min_change": "people in each round behind a change",
    "min_sector": "people behind a score of one sector",
    "min_rung_label": "people behind the name of a rung",
    "percent_base": "people behind a percentage",
    "quote_group": "people in the group that a quote comes from",
    "small_cell": "counts below this are withheld",
    "round_base": "bases under 100 are told to the nearest this many",
}


def tell_settings(findings: Findings) -> Section:
    """Everything that makes the same run again, but for the files, whose hashes are in manifest.json."""
    settings, framework, provenance = findings.settings, findings.framework, findings.provenance
    body = (
        ("coprod", provenance.version),
        (
            "Framework",
            f"{framework.id}, version {framework.version}{', a file of the user' if provenance.own_framework else ''}",
        ),
        ("SHA-256 of the framework", framework.sha256 or "not known"),
        ("Engine", f"{findings.coder.engine}, version {findings.coder.version}"),
        ("Comments in scores", settings.comments),
        ("Audience", settings.audience),
        ("Seed", f"{settings.seed}"),
        ("Forms never sent off", "counted" if settings.keep_partial else "left out"),
        ("Guessed questions", "accepted" if settings.accept_guesses else "counted only where the guess is sure enough"),
        ("Weights", _say_weights(findings)),
        ("Conditions set", "; ".join(settings.gates) or "none"),
        ("Earlier reports beside this one", f"{len(provenance.previous_sha256)}"),
    )
    note = "The same input, settings and versions give the same bytes. Hashes of every file are in manifest.json."
    return Section(
        "settings", "Settings and versions", (Table("With what this was made", ("What", "Value"), body, note=note),)
    )


def tell_conventions(findings: Findings) -> Section:
    """Every number that another careful person could have chosen otherwise, as this framework has it."""
    framework, limits = findings.framework, read_limits(findings)
    rules = tuple((words, f"{getattr(framework.scoring, name):g}") for name, words in CONVENTIONS.items())
    held = tuple((words, f"{getattr(limits, name):,}") for name, words in LIMITS.items())
    dimensions = tuple(
        (each.name, each.definition, "yes" if each.core else "no", f"{each.weight:g}") for each in framework.dimensions
    )
    rungs = tuple(
        (
            rung.label,
            rung.tlap,
            f"{min(rung.below, 100):g}",
            ", ".join(f"{name_dimension(findings, name)} {least:g}" for name, least in rung.needs),
        )
        for rung in framework.ladder.rungs
    )
    flags = tuple(
        (
            f"{rule.id} {rule.name}",
            rule.evidence,
            "no score" if rule.withholds else "note" if rule.score_max is None else f"at most {rule.score_max:g}",
        )
        for rule in framework.flags
    )
    tables = (
        Table("Dimensions", ("Dimension", "What it asks", "Core", "Weight"), dimensions, (3,)),
        Table("Rules of the score", ("What it sets", "Value"), rules, (1,)),
        Table(
            "Rungs of the ladder",
            ("Rung", "In TLAP's words", "Ends at", "Also needs"),
            rungs,
            (2,),
            f"{framework.ladder.basis} {CREDIT}",
        ),
        Table("Red flags", ("Flag", "What raises it", "What it does to the score"), flags),
        Table(f"Smallest numbers told ({limits.audience})", ("What it sets", "Value"), held, (1,)),
    )
    lead = Paragraph(
        "A convention is a choice that another careful person could have made otherwise. None of these is calibrated. "
        "Formulas, with their sources, are in coprod's page on method."
    )
    return Section("conventions", "Conventions", (lead, *(table for table in tables if table.rows)))


def _say_weights(findings: Findings) -> str:
    raked = "raked to a targets file" if findings.weighting else ""
    own = "the survey's own" if findings.provenance.own_weights else ""
    return ", then ".join(filter(None, (own, raked))) or "none"
