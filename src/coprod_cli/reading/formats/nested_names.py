"""Headers of the kind `group/question` go in; the questions without their groups come out.

KoboToolbox and ODK name questions so, and so do records within records (JSON). A slash may also belong to the question
('parents/carers'): in questions as people read them only what is surely a group is taken off.
"""

import re
from collections.abc import Sequence

from coprod_cli.reading.grid import Heading
from coprod_cli.reading.wording import clean_header

_NAME = re.compile(r"^[\w.\-]+(?:\[\d+\])?$")
_REPEAT = re.compile(r"\[(\d+)\]$")
_GROUP = re.compile(r"^([^/:]{1,60})(?:/|::)(?=[A-Z\"'(]|\d{1,3}[.)] )")
# 'Parents/Carers' is no question of a group 'Parents'.
_PAIRED = re.compile(r"\b(?:parents?|mums?|he|she|his|her|him|and|yes|no|families|child|young people)$", re.IGNORECASE)
_LEAST_IN_GROUP = 2


def are_grouped(row: Sequence[str]) -> bool:
    """Whether at least half of the headers are `group/question`, in several groups or a large one."""
    texts = [text for cell in row if (text := clean_header(cell))]
    named = all(_NAME.match(piece) for text in texts for piece in text.split("/"))
    groups = [text.partition("/")[0] if named and "/" in text else _read_group(text) for text in texts]
    counts = [groups.count(group) for group in sorted(set(groups) - {""})]
    shared = [count for count in counts if count >= _LEAST_IN_GROUP]
    return sum(counts) * 2 >= len(texts) and (len(shared) > 1 or max(counts, default=0) > _LEAST_IN_GROUP + 1)


def is_paired(text: str) -> bool:
    """Whether what stands before a slash is half of a pair of words, such as 'parents' of 'parents/carers'."""
    return bool(_PAIRED.search(text))


def take_off_groups(headings: Sequence[Heading], between: re.Pattern[str]) -> list[Heading]:
    """The headings without the groups in front: all of them in names, in labels only what is surely a group.

    between: what stands between the groups and the question in names.
    """
    asked = [heading for heading in headings if not heading.hint]
    named = all(_NAME.match(piece) for heading in asked for piece in heading.text.split("/"))
    if named:
        return [_take_off_names(heading, between) for heading in headings]
    counts: dict[str, int] = {}
    for heading in asked:
        group = _read_group(heading.stem)
        if group and not heading.choice:
            counts[group] = counts.get(group, 0) + 1
    surely = any(count > _LEAST_IN_GROUP for count in counts.values())
    groups = {group for group, count in counts.items() if count >= _LEAST_IN_GROUP or surely}
    return [_take_off(heading, groups) for heading in headings]


def _read_group(text: str) -> str:
    found = _GROUP.match(text)
    return found.group(1) if found and not is_paired(found.group(1)) else ""


def _take_off_names(heading: Heading, between: re.Pattern[str]) -> Heading:
    """The last name of `group/question`; a number in brackets counts the turns of a repeated group."""
    if heading.hint:
        return heading
    *above, stem = between.split(heading.stem)
    turn = next((found.group(1) for piece in above if (found := _REPEAT.search(piece))), "")
    text = f"{stem}/{heading.part}" if heading.choice else stem
    return heading._replace(text=text, stem=stem, code=stem, block=turn)


def _take_off(heading: Heading, groups: set[str]) -> Heading:
    """The question without those of these groups that stand in front."""
    if heading.hint:
        return heading
    stem = heading.stem
    while (group := _read_group(stem)) in groups:
        stem = stem[len(group) :].lstrip("/:")
    text = f"{stem}/{heading.part}" if heading.choice else stem
    return heading._replace(text=text, stem=stem)
