"""What people call columns of codes, stances and levels goes in; what each means comes out."""

from coprod_cli.reading.row_origins import COLUMNS

ID, THEME, STANCE, LEVEL, START, END, WORDS = "id", "theme", "stance", "level", "start", "end", "words"
LOOKED, WEIGHT = "looked at", "weight"
# The first of these headers that a file has is the column; all are compared without capitals, blanks and marks.
HEADERS: dict[str, tuple[str, ...]] = {
    ID: ("id", "answer id", "response id", "answer no", "answer number", "answer", "response"),
    THEME: ("theme", "theme id", "code", "codes", "code name", "themes"),
    STANCE: ("stance",),
    LEVEL: ("level",),
    START: ("start",),
    END: ("end",),
    WORDS: ("evidence", "evidence words", "quote", "words"),
    LOOKED: ("looked at", "looked", "looked at it"),
    WEIGHT: ("weight", "sampling weight"),
    **{name: (name,) for name in COLUMNS},
}
YES_NO: dict[str, bool] = {
    **dict.fromkeys(("yes", "y", "x", "1", "true", "done", "looked at", "\u2713", "\u2714"), True),
    **dict.fromkeys(("", "no", "n", "0", "false", "not yet"), False),
}
NO_THEME = frozenset({"", "none", "no", "no theme", "no themes", "no code", "no codes", "nothing", "n a", "na", "nil"})
STANCES: dict[str, tuple[str, ...]] = {
    "": ("",),
    "positive": ("positive",),
    "pos": ("positive",),
    "good": ("positive",),
    "for": ("positive",),
    "went well": ("positive",),
    "negative": ("negative",),
    "neg": ("negative",),
    "bad": ("negative",),
    "against": ("negative",),
    "did not go well": ("negative",),
    "neutral": ("neutral",),
    "neither": ("neutral",),
    "no judgement": ("neutral",),
    "mixed": ("positive", "negative"),
    "both": ("positive", "negative"),
    "positive and negative": ("positive", "negative"),
    "positive negative": ("positive", "negative"),
}
LEVELS: dict[str, str] = {
    "": "",
    "project": "project",
    "the project": "project",
    "joint work": "project",
    "the joint work": "project",
    "individual": "individual",
    "child": "individual",
    "one child": "individual",
    "own child": "individual",
    "one child's case": "individual",
    "system": "system",
    "services": "system",
    "services at large": "system",
    "unclear": "",
    "cannot tell": "",
}
HINT = "Give a table with the columns id, theme, stance and level: one row for each theme found in an answer."
STANCES_ALLOWED = "positive, negative, mixed or neutral"
ALLOWED = {
    STANCE: f"{STANCES_ALLOWED}, or nothing",
    LEVEL: "project, individual, system or unclear, or nothing",
    LOOKED: "yes, no, or nothing",
    WEIGHT: "a number from 0 up as coprod sheet wrote it, or nothing",
}
