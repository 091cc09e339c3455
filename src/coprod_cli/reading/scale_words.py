"""The scales that closed questions are answered on, as data: each with its steps from worst to best.

A step has every word that people and tools use for it, as `make_cell_key` writes it: the words of a cell go in, their
step comes out. Scales of one family have the same first word in their names; they differ in how many steps they have.
"""

Steps = tuple[tuple[str, ...], ...]

_NEITHER = (
    "neither agree nor disagree", "neither agree or disagree", "neither disagree nor agree", "neither", "neutral",
    "undecided", "no strong view", "neither agree/disagree", "no opinion either way", "neither / nor", "neither/nor",
    "agree nor disagree", "in between", "mixed feelings", "n",
)  # fmt: skip
NEITHER_GOOD = (
    "neither", "neutral", "neither good nor poor", "neither good nor bad", "neither poor nor good",
    "neither bad nor good", "neither good or bad", "neither good or poor",
)  # fmt: skip
_STRONGLY_NO = (
    "strongly disagree", "disagree strongly", "completely disagree", "totally disagree", "definitely disagree",
    "disagree completely", "fully disagree", "very strongly disagree", "disagree a lot", "absolutely disagree", "sd",
)  # fmt: skip
_NO = ("disagree", "mostly disagree", "generally disagree", "do not agree", "don't agree", "not agree", "d")
_RATHER_NO = (
    "slightly disagree", "somewhat disagree", "tend to disagree", "disagree slightly", "disagree somewhat",
    "disagree a little", "partly disagree", "rather disagree", "moderately disagree",
)  # fmt: skip
_RATHER_YES = (
    "slightly agree", "somewhat agree", "tend to agree", "agree slightly", "agree somewhat", "agree a little",
    "partly agree", "rather agree", "moderately agree",
)  # fmt: skip
_YES = ("agree", "mostly agree", "generally agree", "a")
_STRONGLY_YES = (
    "strongly agree", "agree strongly", "completely agree", "totally agree", "definitely agree", "agree completely",
    "fully agree", "very strongly agree", "agree a lot", "absolutely agree", "sa",
)  # fmt: skip
_FAIR = ("fair", "ok", "okay", "average", "adequate", "acceptable", "satisfactory")
_ALL_GOOD, _ALL_BAD = ("excellent", "outstanding", "exceptional", "superb"), ("very poor", "very bad", "terrible")
_NOT_AT_ALL = ("not at all", "to no extent", "none at all", "not in the least", "no, not at all", "nothing at all")
_A_LITTLE = (
    "a little", "slightly", "a little bit", "to a small extent", "not very much", "not much", "only a little",
    "to a limited extent", "to a slight extent", "to a little extent", "a small amount", "hardly at all",
)  # fmt: skip
_GREATLY = (
    "completely", "fully", "entirely", "totally", "a great deal", "extremely", "to a very large extent",
    "to a very great extent", "absolutely", "wholly", "to a full extent",
)  # fmt: skip
_NEVER = ("never", "not at any time", "none of the time", "not once")
_RARELY = (
    "rarely", "seldom", "hardly ever", "not often", "a little of the time", "not very often", "infrequently",
    "on few occasions",
)  # fmt: skip
_SOMETIMES = (
    "sometimes", "occasionally", "now and then", "about half the time", "some of the time", "half of the time",
    "from time to time", "once in a while",
)  # fmt: skip
_OFTEN = ("often", "usually", "frequently", "most of the time", "mostly", "a lot of the time", "regularly")
_ALWAYS = ("always", "all of the time", "all the time", "every time")
_WORSE = ("worse", "a little worse", "slightly worse", "somewhat worse", "a bit worse")
_BETTER = ("better", "a little better", "slightly better", "somewhat better", "a bit better")
_SAME = (
    "about the same", "the same", "no change", "no different", "same", "stayed the same", "unchanged",
    "neither better nor worse", "no better or worse", "much the same",
)  # fmt: skip
_LEANING = ("fairly", "quite", "somewhat", "slightly", "rather", "mostly", "a little", "reasonably", "moderately")
_WHOLLY = ("very", "extremely", "completely", "highly", "really", "totally")


def _lean(noun: str, good: tuple[str, ...], bad: tuple[str, ...], middle: tuple[str, ...] = ()) -> dict[str, Steps]:
    """The scales of 5 and 4 steps between two opposites, in every usual wording: 'very', 'fairly', 'neither'."""
    pairs = [(one, other) for one in good for other in bad]
    neither = (
        *(f"neither {one} nor {other}" for one, other in pairs),
        *(f"neither {other} nor {one}" for one, other in pairs),
        *(f"neither {one} or {other}" for one, other in pairs), "neither", "neutral", *middle,
    )  # fmt: skip
    worst = (*(f"{much} {each}" for each in bad for much in _WHOLLY), *(f"not at all {each}" for each in good))
    poor = (*bad, *(f"{little} {each}" for each in bad for little in _LEANING), *(f"not very {each}" for each in good))
    fine = (*good, *(f"{little} {each}" for each in good for little in _LEANING))
    best = tuple(f"{much} {each}" for each in good for much in _WHOLLY)
    return {f"{noun} of 5": (worst, poor, neither, fine, best), f"{noun} of 4": (worst, poor, fine, best)}


SCALES: dict[str, Steps] = {
    "agreement of 5": (
        _STRONGLY_NO, (*_NO, *_RATHER_NO), _NEITHER, (*_YES, *_RATHER_YES), _STRONGLY_YES,
    ),
    "agreement of 7": (_STRONGLY_NO, _NO, _RATHER_NO, _NEITHER, _RATHER_YES, _YES, _STRONGLY_YES),
    "agreement of 6": (_STRONGLY_NO, _NO, _RATHER_NO, _RATHER_YES, _YES, _STRONGLY_YES),
    "agreement of 4": (_STRONGLY_NO, (*_NO, *_RATHER_NO), (*_YES, *_RATHER_YES), _STRONGLY_YES),
    "agreement of 3": (_NO, _NEITHER, _YES),
    "agreement of 2": (_NO, _YES),
    "amount of 5": (
        _NOT_AT_ALL, _A_LITTLE,
        ("somewhat", "to some extent", "moderately", "a moderate amount", "partly", "partially", "a fair amount",
         "to a moderate extent", "in part", "half and half", "to a certain extent"),
        ("mostly", "to a large extent", "to a great extent", "a lot", "quite a lot", "very much", "largely", "mainly",
         "to a considerable extent", "quite a bit", "considerably"),
        _GREATLY,
    ),
    "amount of 4": (
        _NOT_AT_ALL, _A_LITTLE,
        ("quite a lot", "quite a bit", "to some extent", "a fair amount", "moderately", "somewhat", "partly"),
        ("a lot", "very much", "a great deal", "to a large extent", "to a great extent", "completely", "fully"),
    ),
    "amount of 3": (
        ("not at all", "not met", "not achieved", "no, not at all"),
        ("a little", "somewhat", "a bit", "to some extent", "partly", "partially", "partly met", "partially met",
         "partly achieved", "partially achieved"),
        ("a lot", "very much", "a great deal", "fully", "completely", "fully met", "met", "fully achieved"),
    ),
    "degree of 5": (
        ("not at all ~", "not ~ at all", "not ~"), ("not very ~", "slightly ~", "a little ~", "not so ~", "a bit ~"),
        ("somewhat ~", "moderately ~", "fairly ~", "quite ~", "reasonably ~", "partly ~"),
        ("very ~", "mostly ~", "largely ~"), ("extremely ~", "completely ~", "fully ~", "totally ~", "entirely ~"),
    ),
    "degree of 4": (
        ("not at all ~", "not ~ at all"), ("not very ~", "slightly ~", "a little ~", "not so ~", "not that ~", "not ~"),
        ("fairly ~", "quite ~", "somewhat ~", "moderately ~", "reasonably ~"),
        ("very ~", "extremely ~", "completely ~"),
    ),
    "frequency of 5": (
        _NEVER, (*_RARELY, "almost never"), _SOMETIMES, (*_OFTEN, "very often"), (*_ALWAYS, "almost always"),
    ),
    "frequency of 7": (
        _NEVER, ("almost never", "very rarely", "hardly ever"),
        ("rarely", "seldom", "occasionally", "not often"),
        ("sometimes", "about half the time", "some of the time"), ("often", "frequently", "usually"),
        ("very often", "almost always", "most of the time", "very frequently"), _ALWAYS,
    ),
    "frequency of 4": (_NEVER, (*_SOMETIMES, *_RARELY), (*_OFTEN, "very often"), _ALWAYS),
    "frequency of 3": (_NEVER, (*_SOMETIMES, "partly"), _ALWAYS),
    **_lean("satisfaction", ("satisfied", "happy", "pleased"), ("dissatisfied", "unsatisfied", "unhappy"), ("ok",)),
    "satisfaction of 7": (
        ("very dissatisfied", "extremely dissatisfied", "completely dissatisfied"),
        ("dissatisfied", "mostly dissatisfied"),
        ("somewhat dissatisfied", "slightly dissatisfied", "fairly dissatisfied"),
        ("neither satisfied nor dissatisfied", "neither", "neutral", "neither dissatisfied nor satisfied"),
        ("somewhat satisfied", "slightly satisfied", "fairly satisfied"), ("satisfied", "mostly satisfied"),
        ("very satisfied", "extremely satisfied", "completely satisfied"),
    ),
    "quality of 5": (
        _ALL_BAD, ("poor", "bad"), (*_FAIR, "mixed", "so so", *NEITHER_GOOD), ("good",), ("very good", *_ALL_GOOD),
    ),
    "quality, poor to excellent": (("poor", "very poor"), _FAIR, ("good",), ("very good",), _ALL_GOOD),
    "quality of 4": (("poor",), _FAIR, ("good",), _ALL_GOOD),
    "quality of 3": (("poor", "bad"), (*_FAIR, *NEITHER_GOOD), ("good",)),
    "quality, without a middle": (_ALL_BAD, ("poor", "bad"), ("good",), ("very good", *_ALL_GOOD)),
    "inspection of 4": (
        ("inadequate", "unacceptable"), ("requires improvement", "needs improvement", "needs improving"), ("good",),
        ("outstanding", "excellent"),
    ),
    **_lean("ease", ("easy",), ("difficult", "hard"), ("ok", "okay")),
    **_lean("likelihood", ("likely",), ("unlikely",), ("possibly", "maybe", "50/50")),
    "intention of 5": (
        ("definitely not", "definitely would not", "certainly not"), ("probably not", "probably would not"),
        ("might or might not", "possibly", "maybe", "perhaps"), ("probably", "probably yes", "probably would"),
        ("definitely", "definitely yes", "definitely would", "certainly"),
    ),
    "importance of 5": (
        ("not at all important", "not important", "unimportant", "not important at all", "very unimportant"),
        ("slightly important", "of little importance", "not very important", "not that important"),
        ("moderately important", "somewhat important", "fairly important", "quite important", "neutral"),
        ("important",), ("very important", "extremely important", "essential", "crucial", "vital"),
    ),
    **_lean("helpfulness", ("helpful", "supportive"), ("unhelpful", "unsupportive")),
    **_lean("clarity", ("clear",), ("unclear", "confusing")),
    **_lean("comfort", ("comfortable",), ("uncomfortable",)),
    **_lean("safety", ("safe",), ("unsafe",)),
    **_lean(
        "favour", ("favourable", "favorable", "favourably", "favorably"),
        ("unfavourable", "unfavorable", "unfavourably", "unfavorably"),
        ("neither favorably nor unfavorably (neutral)",),
    ),
    **_lean("feeling", ("positive",), ("negative",), ("mixed",)),
    **_lean("effect", ("effective",), ("ineffective",)),
    **_lean("access", ("accessible",), ("inaccessible",)),
    "change of 5": (("much worse", "a lot worse"), _WORSE, _SAME, _BETTER, ("much better", "a lot better")),
    "change of 3": (_WORSE, _SAME, _BETTER),
    "level of 5": (("very low",), ("low",), ("medium", "moderate", "average", "middle"), ("high",), ("very high",)),
    "level of 3": (("low",), ("medium", "moderate", "average", "middle"), ("high",)),
    "truth of 5": (
        ("not at all true", "not true at all", "definitely false", "completely untrue"),
        ("slightly true", "mostly false", "not very true", "mostly untrue", "a little true"),
        ("somewhat true", "partly true", "moderately true", "sometimes true"), ("mostly true", "very true"),
        ("completely true", "definitely true", "extremely true"),
    ),
    "truth of 3": (
        ("not true", "untrue"), ("somewhat true", "partly true", "sometimes true"), ("certainly true", "very true"),
    ),
    "yes, partly, no": (
        ("no", "n", "no, not at all", "not at all", "definitely not", "false", "no, definitely not", "no, not really",
         "nope", "not really", "no - not at all", "\U0001f44e", "\u274c", "f"),
        ("partly", "sometimes", "somewhat", "in part", "to some extent", "yes, to some extent", "yes, partly",
         "yes, sometimes", "yes and no", "maybe", "a bit", "mixed", "partially", "yes, a little", "yes, a bit",
         "yes, but not enough", "yes - partly", "yes, somewhat", "yes, in part", "yes to some extent", "kind of"),
        ("yes", "y", "yes, definitely", "yes, completely", "yes, always", "yes, fully", "definitely", "true",
         "yes, a lot",
         "yes definitely", "yes - definitely", "yep", "\U0001f44d", "\u2705", "\u2714", "t"),
    ),
    "faces of 5": (
        ("\U0001f621", "\U0001f620", "\U0001f62d", "\U0001f622", ">:("),
        ("\U0001f641", "\u2639", "\U0001f61e", "\U0001f61f", ":(", ":-("),
        ("\U0001f610", "\U0001f611", "\U0001f636", ":|", ":-|", ":/"),
        ("\U0001f642", "\U0001f60a", "\u263a", ":)", ":-)"),
        ("\U0001f600", "\U0001f603", "\U0001f604", "\U0001f601", "\U0001f60d", ":d", ":-d"),
    ),
    "faces of 3": (
        ("\U0001f641", "\u2639", "\U0001f61e", ":(", ":-("), ("\U0001f610", "\U0001f611", ":|", ":-|"),
        ("\U0001f642", "\U0001f600", "\U0001f60a", "\u263a", "\U0001f603", ":)", ":-)"),
    ),
}  # fmt: skip
MISSING_WORDS = frozenset(
    (
        "don't know", "dont know", "do not know", "i don't know", "i do not know", "doesn't apply", "does not apply",
        "doesnt apply", "not applicable", "n/a", "na", "n.a", "n\\a", "#n/a", "prefer not to say",
        "prefer not to answer", "prefer not to respond", "prefer not to disclose", "rather not say",
        "i'd rather not say",
        "would rather not say", "not sure", "i'm not sure", "unsure", "no answer", "can't say", "cannot say",
        "cant say",
        "no opinion", "no view", "no comment", "not relevant", "don't remember", "can't remember", "cannot remember",
        "don't recall", "can't recall", "cannot recall", "not answered", "no response", "?", "-", "--", "dk", "none",
        "not applicable to me", "this doesn't apply to me", "doesn't apply to me", "does not apply to me",
        "not relevant to me", "too early to say", "too soon to say", "unable to say", "unable to comment",
        "unable to answer", "can't comment", "cannot comment", "can't answer", "hard to say", "difficult to say",
        "not known", "unknown", "refused", "declined", "decline to answer", "skipped", "missing", "not asked",
        "not stated", "no experience", "no experience of this", "not used", "have not used", "haven't used",
        "not involved", "i was not involved", "was not involved", "wasn't involved", "i wasn't involved",
        "did not take part", "didn't take part", "i did not take part", "i didn't take part", "not part of it",
        "was not part of it", "wasn't part of it", "did not attend", "didn't attend", "did not use", "i wasn't there",
        "no idea", "pass", "blank", "(blank)", "null", "nan", "idk", "pnts", "not my area", "-99", "-999", "-9", "-98",
        "-97", "-88", "-77", "-66", "-9999",
    ),
)  # fmt: skip
STEP_WORDS = frozenset(word for steps in SCALES.values() for words in steps for word in words)
