"""What practitioners write about themselves or their place of work goes in; the sector they work in comes out.

The tables are data. Who employs somebody says more than what the work is about, so "I teach at the hospital school" and
"health lead at a charity" are settled by the first table. Words that may mean several sectors mean none: an educational
adviser of no known employer stays without a sector, and is counted in none.
"""

import functools
import re

from coprod_cli.model.tables import SECTORS
from coprod_cli.reading.wording import make_key

EDUCATION, HEALTH, SOCIAL_CARE, COUNCIL, VOLUNTARY = SECTORS[1:]
# Taken out of the words before anything else is looked for, since a part of them would tell something else.
SILENT_WORDS = (
    "public health", "education health and care", "education health care", "health and safety",
    "health and social care",
    "school age", "special educational needs", "education and health care", "parents and carers", "parent carer forum",
    "multi agency", "independent", "health watch", "private sector",
)  # fmt: skip
EMPLOYERS: dict[str, tuple[str, ...]] = {
    EDUCATION: (
        "hospital school", "special school", "mainstream school", "primary school", "secondary school",
        "nursery school",
        "infant school", "junior school", "school or college", "school", "schools", "school staff", "college",
        "colleges",
        "sixth form", "nursery", "nurseries", "preschool", "pre school", "academy", "academy trust",
        "multi academy trust", "alternative provision", "pupil referral unit", "pru", "early years setting",
    ),
    HEALTH: (
        "nhs", "nhs trust", "nhs england", "icb", "integrated care board", "ccg", "clinical commissioning group",
        "hospital", "gp surgery", "gp practice", "camhs", "cypmhs", "health trust", "health service", "health services",
        "community health", "health visiting", "school nursing", "health board",
    ),
    SOCIAL_CARE: (
        "social care", "social services", "social work team", "children's social care", "childrens social care",
        "adult social care", "social work", "care home", "children's home", "childrens home", "residential care",
        "fostering service", "fostering team",
    ),
    COUNCIL: (
        "council", "local authority", "local authorities", "la", "lea", "la officer", "county council", "city council",
        "borough council", "district council", "town hall", "local government", "children's services",
        "childrens services", "children s services", "sen team", "send team", "sen department", "send department",
        "virtual school", "school improvement", "school transport", "home to school transport", "school admissions",
    ),
    VOLUNTARY: (
        "charity", "charities", "charitable", "voluntary", "voluntary sector", "voluntary organisation",
        "voluntary group", "voluntary or community organisation", "community organisation", "community group",
        "community sector", "third sector", "not for profit", "non profit", "vcs", "vcse", "vcfse", "vcfs", "ngo",
        "forum staff", "forum coordinator", "forum co ordinator", "forum worker", "forum employee", "forum manager",
        "carers centre", "carers trust", "carers service", "user led organisation",
    ),
}  # fmt: skip
JOBS: dict[str, tuple[str, ...]] = {
    EDUCATION: (
        "education", "education professional", "educational setting", "educator", "senco", "sencos", "sendco", "sen co",
        "teacher", "teachers", "head teacher", "headteacher", "headteachers", "assistant head", "deputy head",
        "head of year", "teaching", "teaching assistant", "ta", "tas", "hlta", "lsa", "tutor", "lecturer",
        "learning support", "learning support assistant", "learning mentor", "pupil support", "student support",
        "nursery nurse", "early years", "educational psychologist", "educational psychologists",
        "educational psychology", "ed psych", "ep", "eps", "specialist teacher",
        "home school link worker", "teacher of the deaf", "further education",
    ),
    HEALTH: (
        "health", "healthcare", "health care", "health professional", "healthcare professional",
        "health care professional", "health worker", "hcp", "hcps", "gp", "doctor", "doctors", "paediatrician",
        "paediatricians", "paediatrics", "community paediatrician", "nurse", "nurses", "nursing", "school nurse",
        "children's nurse", "childrens nurse", "health visitor", "health visitors", "midwife", "therapist",
        "therapists", "speech and language", "speech and language therapist", "occupational therapist",
        "occupational therapists", "occupational therapy", "physio", "physios", "physiotherapist", "physiotherapists",
        "physiotherapy", "ot", "ots", "salt", "salts", "slt", "slts", "psychiatrist", "psychiatrists",
        "child psychiatrist", "clinical psychologist", "clinician", "clinicians", "clinical lead", "dietitian",
        "audiologist", "designated clinical officer", "designated medical officer", "dco", "dmo", "mental health",
    ),
    SOCIAL_CARE: (
        "social worker", "social workers", "sw", "social carer", "designated social care officer", "dsco",
        "social care professional", "care worker", "residential worker",
    ),
    COUNCIL: (
        "send officer", "sen officer", "send caseworker", "send case worker", "sen caseworker", "sen case worker",
        "ehcp officer", "ehcp coordinator", "ehcp co ordinator", "ehc coordinator", "ehc co ordinator",
        "ehcp caseworker", "ehc officer", "council officer", "send commissioner",
    ),
    VOLUNTARY: (),
}  # fmt: skip
_DENIALS = re.compile(r"\b(?:not|never|no longer|neither|nor|used to|retired|former|formerly|ex)\b")


_LONGEST_FIRST = tuple(
    sorted(
        (
            (f" {phrase} ", sector, employs)
            for table, employs in ((EMPLOYERS, True), (JOBS, False))
            for sector, phrases in table.items()
            for phrase in phrases
        ),
        key=lambda each: (-len(each[0]), each),
    )
)


@functools.lru_cache(maxsize=4096)
def find_sector(words: str) -> str:
    """The sector that the words speak of; "" where they name none that is known, or several that contradict."""
    key = make_key(words)
    if not key or _DENIALS.search(key):
        return ""
    left = f" {key} "
    for phrase in SILENT_WORDS:
        left = left.replace(f" {phrase} ", " | ")
    employers: set[str] = set()
    jobs: set[str] = set()
    for phrase, sector, employs in _LONGEST_FIRST:
        if phrase in left:
            (employers if employs else jobs).add(sector)
            left = left.replace(phrase, " | ")
    # Many who are not of the school work in one: a therapist in a school may be employed by anybody.
    if employers == {EDUCATION} and jobs - {EDUCATION}:
        return ""
    found = employers or jobs
    # A council's social workers are social care; its teachers and advisers are the council's.
    if COUNCIL in found and SOCIAL_CARE in found | jobs:
        found = (found | {SOCIAL_CARE}) - {COUNCIL}
    return next(iter(found)) if len(found) == 1 else ""
