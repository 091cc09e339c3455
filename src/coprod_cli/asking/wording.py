"""Nothing goes in; the sentences of the questionnaire that are no questions of the framework come out, as data.

Written for a reading age of eleven: short sentences, everyday words (tests/asking/test_wording.py measures it). What
stands in [square brackets] is for the people who hand the form out to fill in.
"""

TITLE = "How well did we work together?"
ABOUT_ANY = "Parents, carers and professionals have been working together."
ABOUT_ONE = "Parents, carers and professionals have been working together on this: {project}."
WHY = "We want to know how it went for you. Your answers will help us to do it better."
OPENING: dict[str, str] = {
    "Why we ask": "{about} " + WHY,
    "Who will see your answers": (
        "[Name of your group] will read the answers. We will tell others what people said, but not who said it. "
        "Please do not write names, or anything that shows who you are or who a child is."
    ),
    "It is your choice": (
        "You do not have to take part. You can leave out any question, and you can stop at any time. {change} "
        "We do not ask for your name, so we cannot take your answers out later."
    ),
    "How to fill it in": "It takes about {minutes} minutes. There are no right or wrong answers. {how} "
    'If you do not know, or it does not apply to you, choose "Don\'t know".',
    "Any questions?": "Please ask [name, phone number and e-mail address].",
}
NOTHING_CHANGES: dict[str, str] = {
    "parent": "Nothing will change for you or your child if you say no.",
    "practitioner": "Nothing will change for you or your job if you say no.",
    "both": "Nothing will change for you, your child or your job if you say no.",
}
ON_PAPER = "Please tick one box in each row."
ON_SCREEN = "Please choose one answer for each question."
MINUTES: dict[str, int] = {"full": 15, "short": 5}
CLOSING = (
    "Thank you for your time. If this has upset you and you would like to talk to somebody, please contact "
    "[name of a support group or helpline]."
)
HAND_BACK = "Please give this form back to [name or place] by [date]."
SOON = "We will tell everyone what we found, and what will be done about it, by [date]."

ABOUT_YOU = "About you"
ROLE = "Which of these best describes you?"
ROLE_HELP = "If more than one is true, choose the one that fits best for this piece of work."
# Each role as people read it, and as a code of at most five letters, as LimeSurvey needs one. coprod knows both.
ROLES: dict[str, tuple[str, str]] = {
    "parent": ("A parent or carer", "carer"),
    "young_person": ("A young person", "youth"),
    "practitioner": ("A professional who works in education, health, care or another service", "staff"),
    "volunteer": ("A volunteer", "volun"),
    "other": ("Someone else", "other"),
}
PROJECT = "Which piece of work are you telling us about?"
PROJECT_HELP_CHOICE = "If you took part in more than one, please fill in one form for each."
PROJECT_HELP_LINE = "Please write its name. If you took part in more than one, please fill in one form for each."

RATED = "How it went"
RATED_PART = "How it went: part {part} of {parts}"
RATED_HELP = "Think about this piece of work. {how}"
WHOLE = "The work as a whole"
LADDER_HELP = "Please choose the one that fits best."
MARK_HELP = "0 means not at all. 10 means completely."
OWN_WORDS = "In your own words"
OWN_WORDS_HELP = "Please do not write anybody's name."
QUOTING = "Using your words"
QUOTING_HELP = "If you say no, your answers still count."
DONT_KNOW = "Don't know"
DONT_KNOW_CODE = "DK"
YES, NO = "Yes", "No"

FOR_PRACTITIONERS = "For professionals"
FOR_OTHERS = "For parents, carers and everyone else"
FORM_NUMBER = "Form number"
FORM_NUMBER_HELP = "Form number (leave blank)"
