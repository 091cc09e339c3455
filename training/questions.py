"""Nothing goes in; the questions come out that measurements put in place of others, or pick answers by."""

# Put in turn to every answer of some length: what changes with them comes from the question, not from the words.
ASKED_FOR_GOOD = "What was good about how parents and professionals worked together?"
ASKED_FOR_BAD = "What was not good, or could have been better?"
# Every question of the corpus that invites people to say anything at all: it names no theme and no one thing done, and
# asks for neither good nor bad. Written as it was asked.
PLAIN_QUESTIONS = frozenset((
    "Any comments on this form?",
    "Any comments on this survey?",
    "Any final comments?",
    "Any messages for the team?",
    "Any other comments",
    "Any other comments?",
    "Anything else you want to say?",
    "Anything else you want to tell us?",
    "Anything else you would like to say?",
    "Anything else?",
    "Comments",
    "Final thoughts?",
    "Get in touch: your message",
    "Is there anything else you want to say?",
    "Is there anything else you want to tell us?",
    "Is there anything else you would like to say?",
    "Is there anything else you would like to tell us?",
    "Is there anything else you'd like to say?",
    "Is there anything else you'd like to tell us?",
    "Is there anything else?",
    "Is there anything further?",
    "Other comments (optional)",
    "Please use this space for anything the questions above did not cover.",
    "Table notes: what did your table say about the project?",
    "Tell us in your own words how it has been working with services this year",
))  # fmt: skip
