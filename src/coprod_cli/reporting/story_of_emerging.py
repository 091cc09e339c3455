"""Findings go in; what people write of that no theme covers comes out as a section of suggestions."""

from coprod_cli.model.emerging import Emerging
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Bullets, Paragraph, QuoteBlock, Section
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import is_unknown, is_withheld, name_role, quote_name, say_count, start_sentence

TYPICAL = 3
_PATH = "emerging"


def tell_emerging(findings: Findings) -> Section:
    """Each suggestion with its phrases, people, stability and most typical answers; or that there is none."""
    title = "What the codebook may lack"
    if is_unknown(findings):
        what = "That can be told only where a machine knows the themes. Whoever codes by hand sees what fits none."
        return Section(_PATH, title, (Paragraph(what),))
    blocks: list[Block] = [
        Paragraph(
            "Some answers fit no theme of the codebook. Those that share words which other answers lack were put into "
            "groups by machine, and a group is named here only where it comes again in most resamples. These are "
            "suggestions: somebody must read the answers and judge whether the codebook lacks a theme. That nothing is "
            "named here does not mean that nothing is lacking."
        )
    ]
    if not findings.emerging:
        blocks.append(Paragraph("Not enough answers to say: no group was large enough and stable."))
    blocks += [_tell(findings, each, place) for place, each in enumerate(findings.emerging, start=1)]
    return Section(_PATH, title, tuple(blocks))


def _tell(findings: Findings, each: Emerging, place: int) -> Section:
    who = list_names(
        name_role(part.role)
        if is_withheld(part.people)
        else f"{say_count(findings, part.people)} {name_role(part.role)}"
        for part in each.people
    )
    facts = (
        f"Words that name it: {list_names(map(quote_name, each.phrases))}.",
        f"Who wrote of it: {who}.",
        f"Stability: {each.stability:.2f} (mean Jaccard likeness of the group in resamples; 1 is best).",
    )
    words = each.typical[:TYPICAL]
    blocks: list[Block] = [Bullets(facts)]
    if words:
        blocks.append(
            Paragraph(
                "Its most typical answers, of people who agreed to be quoted. Nobody has read them yet for words that "
                "should not be published."
            )
        )
    blocks += [QuoteBlock(answer.words, start_sentence(name_role(answer.role)), answer.id) for answer in words]
    return Section(f"{_PATH}-{place}", start_sentence(each.phrases[0]), tuple(blocks))
