"""The scales that closed questions are answered on, as data: each with its steps from worst to best.

A step has every word that people and tools use for it, as `make_cell_key` writes it: the words of a cell go in, their
step comes out.
"""

Steps = tuple[tuple[str, ...], ...]

_NEITHER = (
    "neither agree nor disagree", "neither agree or disagree", "neither", "neutral", "undecided", "no strong view",
    "neither agree/disagree", "no opinion either way",
)  # fmt: skip
NEITHER_GOOD = (
    "neither", "neutral", "neither good nor poor", "neither good nor bad", "neither poor nor good",
    "neither bad nor good", "neither good or bad", "neither good or poor",
)  # fmt: skip
SCALES: dict[str, Steps] = {
    "agreement of 5": (
        ("strongly disagree", "disagree strongly", "completely disagree", "totally disagree", "definitely disagree"),
        ("disagree", "tend to disagree", "somewhat disagree", "slightly disagree", "disagree slightly",
        "mostly disagree"),
        _NEITHER,
        ("agree", "tend to agree", "somewhat agree", "slightly agree", "agree slightly", "mostly agree"),
        ("strongly agree", "agree strongly", "completely agree", "totally agree", "definitely agree"),
    ),
    "agreement of 7": (
        ("strongly disagree", "completely disagree", "totally disagree"),
        ("disagree", "mostly disagree"),
        ("somewhat disagree", "slightly disagree", "tend to disagree", "disagree slightly"),
        _NEITHER,
        ("somewhat agree", "slightly agree", "tend to agree", "agree slightly"),
        ("agree", "mostly agree"),
        ("strongly agree", "completely agree", "totally agree"),
    ),
    "agreement of 4": (
        ("strongly disagree", "disagree strongly", "completely disagree", "totally disagree", "definitely disagree"),
        ("disagree", "tend to disagree", "somewhat disagree", "slightly disagree", "mostly disagree"),
        ("agree", "tend to agree", "somewhat agree", "slightly agree", "mostly agree"),
        ("strongly agree", "agree strongly", "completely agree", "totally agree", "definitely agree"),
    ),
    "amount of 5": (
        ("not at all", "to no extent", "none at all"),
        ("a little", "slightly", "a little bit", "to a small extent", "not very much", "not much"),
        ("somewhat", "to some extent", "moderately", "a moderate amount", "partly", "a fair amount"),
        ("mostly", "to a large extent", "to a great extent", "a lot", "quite a lot", "very much"),
        ("completely", "fully", "entirely", "totally", "a great deal", "extremely", "to a very large extent",
         "to a very great extent"),
    ),
    "amount of 4": (
        ("not at all",), ("a little", "slightly", "to a small extent"), ("quite a lot", "quite a bit",
        "to some extent"),
        ("a lot", "very much", "a great deal", "to a large extent", "to a great extent"),
    ),
    "frequency of 5": (
        ("never", "not at any time"),
        ("rarely", "seldom", "hardly ever", "almost never", "not often"),
        ("sometimes", "occasionally", "now and then", "about half the time"),
        ("often", "usually", "frequently", "most of the time", "mostly"),
        ("always", "all of the time", "all the time", "every time", "almost always"),
    ),
    "satisfaction of 5": (
        ("very dissatisfied", "very unsatisfied", "extremely dissatisfied", "very unhappy"),
        ("dissatisfied", "unsatisfied", "fairly dissatisfied", "somewhat dissatisfied", "quite dissatisfied",
        "unhappy"),
        ("neither satisfied nor dissatisfied", "neither", "neutral", "neither happy nor unhappy"),
        ("satisfied", "fairly satisfied", "somewhat satisfied", "quite satisfied", "happy"),
        ("very satisfied", "extremely satisfied", "very happy"),
    ),
    "satisfaction of 4": (
        ("very dissatisfied", "very unsatisfied", "extremely dissatisfied", "very unhappy"),
        ("dissatisfied", "unsatisfied", "fairly dissatisfied", "somewhat dissatisfied", "quite dissatisfied",
         "unhappy"),
        ("satisfied", "fairly satisfied", "somewhat satisfied", "quite satisfied", "happy"),
        ("very satisfied", "extremely satisfied", "very happy"),
    ),
    "quality of 5": (
        ("very poor", "very bad", "terrible"),
        ("poor", "bad"),
        ("fair", "ok", "okay", "average", "adequate", "acceptable", "satisfactory", "mixed", *NEITHER_GOOD),
        ("good",),
        ("very good", "excellent", "outstanding"),
    ),
    "quality, poor to excellent": (
        ("poor", "very poor"), ("fair", "ok", "okay", "average", "adequate", "acceptable", "satisfactory"), ("good",),
        ("very good",), ("excellent", "outstanding"),
    ),
    "quality of 4": (
        ("poor",), ("fair", "ok", "okay", "average", "adequate", "acceptable", "satisfactory"), ("good",),
        ("excellent", "outstanding"),
    ),
    "ease of 5": (
        ("very difficult", "very hard"),
        ("difficult", "fairly difficult", "quite difficult", "somewhat difficult", "hard"),
        ("neither easy nor difficult", "neither", "ok", "okay"),
        ("easy", "fairly easy", "quite easy", "somewhat easy"),
        ("very easy",),
    ),
    "change of 5": (
        ("much worse", "a lot worse"),
        ("worse", "a little worse", "slightly worse", "somewhat worse"),
        ("about the same", "the same", "no change", "no different", "same"),
        ("better", "a little better", "slightly better", "somewhat better"),
        ("much better", "a lot better"),
    ),
    "yes, partly, no": (
        ("no", "n", "no, not at all", "not at all", "definitely not", "false"),
        ("partly", "sometimes", "somewhat", "in part", "to some extent", "yes, to some extent", "yes, partly",
         "yes, sometimes", "yes and no", "maybe", "a bit", "mixed"),
        ("yes", "y", "yes, definitely", "yes, completely", "yes, always", "yes, fully", "definitely", "true"),
    ),
}  # fmt: skip
MISSING_WORDS = frozenset(
    (
        "don't know", "dont know", "do not know", "i don't know", "doesn't apply", "does not apply", "doesnt apply",
        "not applicable", "n/a", "na", "n.a", "prefer not to say", "prefer not to answer", "rather not say", "not sure",
        "unsure", "no answer", "can't say", "cannot say", "no opinion", "not relevant", "don't know / not sure",
        "don't know/not sure", "don't remember", "can't remember", "not answered", "no response", "?", "-", "dk",
        "none",
        "not applicable to me", "this doesn't apply to me", "doesn't apply to me", "don't know / doesn't apply",
        "don't know/doesn't apply", "don't know or doesn't apply",
    ),
)  # fmt: skip
STEP_WORDS = frozenset(word for steps in SCALES.values() for words in steps for word in words)
