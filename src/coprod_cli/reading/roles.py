"""What people write about who they are goes in; the role it means comes out.

The table is data. Words nobody knows are never taken for a parent's: they are no role at all, and the reader says so.
"""

import functools
import re

from coprod_cli.reading.wording import make_key

# Looked for first and then taken out of the cell, so that a 'parent support adviser' is not counted among the parents.
FIRST_WORDS: dict[str, tuple[str, ...]] = {
    "practitioner": (
        "parent support adviser", "parent support advisor", "parent support worker", "parent liaison",
        "parent partnership",
        "parent participation officer", "parent participation worker", "family support worker", "family support",
        "family worker", "family liaison", "family practitioner", "families team", "early help", "care worker",
        "paid carer", "carer paid", "respite carer", "agency carer", "home carer", "bank carer", "care home",
        "family hub", "family mediator", "families first", "family court", "parent voice coordinator", "carers trust",
        "guardian ad litem", "family link worker", "family coach", "parenting practitioner", "parenting worker",
        "support worker", "social care", "social carer", "social worker", "childcare", "childminder", "child minder",
        "children's services", "childrens services", "child psychologist", "child psychiatrist", "youth worker",
        "young people's worker", "key worker", "keyworker", "care coordinator", "volunteer coordinator",
        "student support",
        "pupil support", "carers service", "carers centre", "children's centre", "voluntary sector", "voluntary group",
        "voluntary organisation", "community organisation", "work with parents and carers", "work with parents",
        "home school link worker", "link worker", "early years", "school staff", "school nurse", "children's nurse",
        "health care professional", "healthcare professional", "health professional", "education professional",
        "social care professional", "learning support", "learning mentor", "personal assistant", "short breaks worker",
        "respite worker", "voluntary and community sector", "voluntary community sector", "young people's service",
        "young persons worker", "children's social care", "children's commissioner", "parent adviser",
        "parent advisor", "portage", "ed psych", "educational psychologist", "speech and language",
        "occupational therapist", "community paediatrician", "designated clinical officer",
        "designated social care officer", "designated medical officer",
        "work with families", "work with children and young people", "work with children", "work with young people",
    ),
    "young_person": ("young carer", "young person", "young people", "young adult", "disabled young person"),
    "parent": (
        "foster carer", "foster parent", "kinship carer", "parent carer forum", "parent carer", "family carer",
        "unpaid carer", "family member", "foster mum", "foster dad", "special guardian", "i have a child",
        "i have a disabled child", "have a son", "have a daughter", "my child", "my son", "my daughter",
        "mum of a child", "dad of a child", "parent of a child", "carer of a child", "carer for a child",
        "parent of a young person", "carer of a young person", "parents carers", "care for a child",
    ),
    "volunteer": ("volunteer at the forum", "forum volunteer", "volunteer", "volun"),
    "other": (
        "school governor", "parent governor", "governor", "councillor", "elected member", "member of the public",
        "researcher", "inspector", "journalist", "prefer not to say", "rather not say", "someone else",
        "something else",
        "none of the above", "none of these", "other",
    ),
}  # fmt: skip
WORDS: dict[str, tuple[str, ...]] = {
    "parent": (
        "parent", "parents", "carer", "carers", "mum", "mom", "mam", "mummy", "mother", "dad", "daddy", "father",
        "guardian",
        "grandparent", "grandmother", "grandfather", "gran", "nan", "nana", "grandad", "granddad", "stepmum", "stepdad",
        "step mum", "step mom", "step dad", "step mother", "step father", "stepmother", "stepfather", "grandma",
        "granny", "grandpa", "gramps", "grandparents", "mama", "mumma", "aunty", "auntie",
        "step parent", "stepparent", "adopter", "adoptive parent", "sibling", "brother", "sister", "aunt", "uncle",
        "family",
        "relative", "mums", "dads", "families",
    ),
    "practitioner": (
        "professional", "professionals", "practitioner", "practitioners", "staff", "i work in", "i work for",
        "i work at",
        "i work with", "work in", "work for", "working in", "employee", "senco", "sendco", "teacher", "headteacher",
        "head teacher", "teaching assistant", "ta", "hlta", "tutor", "lecturer", "school", "college", "nursery",
        "education",
        "health", "healthcare", "nhs", "icb", "ccg", "camhs", "gp", "doctor", "paediatrician", "consultant", "nurse",
        "health visitor", "midwife", "therapist", "physio", "physiotherapist", "ot", "salt", "slt", "psychologist",
        "ep",
        "psychiatrist", "clinician", "dco", "dmo", "dsco", "council", "local authority", "la", "la officer", "officer",
        "commissioner", "commissioning", "caseworker", "case worker", "manager", "director", "sendiass", "charity",
        "hcp", "hcps", "health worker", "occupational therapy", "physiotherapy", "slts", "ots", "eps", "tas", "lsa",
        "sw",
        "fsw", "psych", "vcs", "vcse", "vcfse", "dclo", "dso", "salts", "educator", "head of service", "send officer",
        "clinical lead", "early help", "nurses", "teachers", "therapists", "commissioners", "social workers",
        "health visitors", "officers", "headteachers", "assistant head", "deputy head", "head of year",
        "provider", "service lead", "send lead", "team leader", "third sector", "advocate", "police",
    ),
    "young_person": (
        "child", "children", "pupil", "student", "teenager", "teen", "learner", "disabled person", "youth",
        "young persons",
    ),
}  # fmt: skip
BOTH_WORDS = frozenset(
    {"both", "both of these", "both of the above", "more than one", "more than one of these", "all of these"}
)
# Words that leave a parent a parent. With any other word beside "parent" or "carer" it may be a job ("carers lead"), so
# it is no role until somebody says so in the mapping file.
PARENTS_FILLERS = frozenset(
    {
        "a", "additional", "adopted", "adoptive", "aged", "also", "am", "an", "and", "are", "as", "at", "autistic",
        "birth", "both", "by", "caring", "child", "children", "daughter", "disabled", "ehcp", "eldest", "employed",
        "extra", "first", "former", "forum", "foster", "from", "full", "general", "group", "grown", "have", "home",
        "i", "in", "is", "it", "kinship", "legal", "living", "local", "lone", "long", "main", "mainstream", "me",
        "member", "multiple", "my", "myself", "needs", "neurodivergent", "no", "of", "on", "one", "or", "other",
        "our", "own", "parental", "part", "pcf", "primary", "rep", "representative", "responsibility", "s", "school",
        "sen", "send", "single", "son", "sons", "special", "steering", "step", "t", "term", "the", "this", "three",
        "time", "to", "twins", "two", "up", "with", "year", "years", "yes", "you", "young", "your",
    }
)  # fmt: skip
_LONGEST_FIRST = tuple(
    (role, f" {phrase} ")
    for table in (FIRST_WORDS, WORDS)
    for role, phrases in table.items()
    for phrase in sorted(phrases, key=lambda each: (-len(each), each))
)
_DENIALS = re.compile(r"\b(?:not|never|no longer|neither|nor|isn't|ain't)\b")
# What follows names the child or the place, not the writer: 'parent of a child at a special school'.
_WHOSE = re.compile(
    r"\b((?:parent|parents|carer|carers|mum|dad|mother|father|guardian|grandparent)(?: or carers?| and carers?|"
    r" carers?)?)"
    r" (?:of|to|for|whose|with) .*?(?= and i | and an? | who |$)"
)
# File and sheet names are short and say who was asked in the plural or as a word of its own.
NAME_WORDS: dict[str, frozenset[str]] = {
    "parent": frozenset({"parent", "parents", "carer", "carers", "family", "families", "mums", "dads"}),
    "practitioner": frozenset(
        {"practitioner", "practitioners", "professional", "professionals", "staff", "sencos", "senco"}
    ),
    "young_person": frozenset({"youth", "young", "pupils", "students"}),
    "volunteer": frozenset({"volunteer", "volunteers"}),
}


@functools.lru_cache(maxsize=4096)
def find_role(cell: str) -> str | None:
    """The role the words mean; 'other' for a role outside the four, or for two at once; None when they are unknown."""
    roles = _find_roles(cell)
    return None if not roles else next(iter(roles)) if len(roles) == 1 else "other"


def names_several(cell: str) -> bool:
    """Whether the words name two roles at once ('Parent/carer, Professional'), or say 'Both'."""
    return make_key(cell) in BOTH_WORDS or len(_find_roles(cell)) > 1


@functools.lru_cache(maxsize=4096)
def _find_roles(cell: str) -> frozenset[str]:
    words = _WHOSE.sub(r"\1", make_key(cell))
    if words in BOTH_WORDS or words in FIRST_WORDS["other"]:
        return frozenset({"other"})
    if not words or _DENIALS.search(words):
        return frozenset()
    found: set[str] = set()
    left = f" {words} "
    for role, phrase in _LONGEST_FIRST:
        if phrase in left:
            found.add(role)
            left = left.replace(phrase, " | ")
    rest = set(left.split()) - {"|"}
    if found == {"parent"} and any(word not in PARENTS_FILLERS and not word.isdigit() for word in rest):
        return frozenset()
    return _settle(frozenset(found))


def _settle(found: frozenset[str]) -> frozenset[str]:
    if len(found) > 1:
        found -= {"other"}
    if found in ({"parent", "volunteer"}, {"parent", "young_person"}):
        # A parent who gives time to the forum is a parent of the joint work; 'parent of a young person' names the
        # child, not the writer.
        return frozenset({"parent"})
    if found == {"practitioner", "volunteer"}:
        return frozenset({"volunteer"})
    if found == {"practitioner", "young_person"}:
        # 'Social worker, disabled children' names the work.
        return frozenset({"practitioner"})
    return found


def find_role_in_name(name: str) -> str | None:
    """The role that a file's or sheet's name speaks of, such as 'parents_export.csv'; None when none or several."""
    words = set(make_key(name).split())
    found = {role for role, known in NAME_WORDS.items() if words & known}
    return found.pop() if len(found) == 1 else None
