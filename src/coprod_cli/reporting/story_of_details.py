"""What a forum says of itself and its year goes in; its sections, in the forum's own words, come out."""

from collections.abc import Sequence

from coprod_cli.model.details import Deed, Details, ServiceReply
from coprod_cli.reporting.document import Block, Bullets, Paragraph, Room, Section, Table
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import start_sentence

STATUS_WORDS = {"done": "Done", "in progress": "Under way", "not done": "Not done", "waiting": "Still waiting"}
ALL_PROJECTS = "All projects"
# So many next steps stand on the first page.
STEPS = 3


def tell_welcome(details: Details) -> tuple[Section, ...]:
    """The chair's welcome, and who the forum is; nothing where neither is given."""
    if not (details.welcome or details.about):
        return ()
    about = _list_paragraphs(details.about, f"About {details.name or 'us'}.")
    if not details.welcome:
        return (Section("about", f"About {details.name or 'us'}", _list_paragraphs(details.about)),)
    return (Section("welcome", "Welcome", (*_list_paragraphs(details.welcome), *about)),)


def tell_numbers(details: Details) -> tuple[Section, ...]:
    """The year in numbers, as typed in; nothing where there are none."""
    if not details.numbers:
        return ()
    noted = any(each.note for each in details.numbers)
    body = tuple((each.label, each.value, *((each.note,) if noted else ())) for each in details.numbers)
    header = ("What", "How many", *(("Note",) if noted else ()))
    caption = f"The year in numbers{f', {details.year}' if details.year else ''}"
    source = "These numbers were given by the forum. They do not come from the survey."
    return (Section("numbers", "The year in numbers", (Table(caption, header, body, numeric=(1,), note=source),)),)


def tell_asking(details: Details) -> tuple[Paragraph, ...]:
    """How and when people were asked, and who may be missing, in the forum's words."""
    span = _say_span(details)
    asked = " ".join(filter(None, (span, details.asked)))
    missing = (Paragraph(details.missing, strong="Who may be missing."),) if details.missing else ()
    return (*((Paragraph(asked, strong="How people were asked."),) if asked else ()), *missing)


def tell_deeds(details: Details, project: str | None = None) -> tuple[Table, ...]:
    """You said, we did: of one project, or (None) of everything; nothing where there is none."""
    deeds = [each for each in details.deeds if project is None or each.project == project]
    if not deeds:
        return ()
    every = project is None and any(each.project for each in deeds)
    header = (*(("Project",) if every else ()), "You said", "What happened", "Where it stands")
    body = tuple((*((each.project or ALL_PROJECTS,) if every else ()), *_tell_deed(each)) for each in deeds)
    caption = "You said, we did" if project is None else f"{project}: you said, we did"
    return (Table(caption, header, body, note="These are the forum's own words."),)


def tell_practice(details: Details, project: str | None = None) -> tuple[Bullets, ...]:
    """What went well and could be copied: of one project, or (None) of everything."""
    told = tuple(
        f"{each.project}: {each.what}" if project is None and each.project else each.what
        for each in details.practice
        if project is None or each.project == project
    )
    return (Bullets(told),) if told else ()


def tell_replies(details: Details, project: str = "") -> tuple[Block, ...]:
    """What services wrote back of one project, or of the whole report; room to write in where nothing came."""
    replies = [each for each in details.replies if each.project == project]
    if replies:
        return tuple(block for each in replies for block in _tell_reply(each))
    until = f"No response received by {details.reply_by}. " if details.reply_by else ""
    return (Room(f"{until}Room for the service's response."),)


def tell_end(details: Details) -> tuple[Section, ...]:
    """All that comes next, where the first page has room for some of it only; money, thanks, how to get involved."""
    every = details.next_steps[STEPS:] and details.next_steps
    steps = (Section("next", "What comes next", (Bullets(every),)),) if every else ()
    told = (("Money", details.money), ("Thank you", details.thanks), ("How to get involved", details.contact))
    given = [(title, words) for title, words in told if words]
    if not given:
        return steps
    blocks = tuple(block for title, words in given for block in _list_paragraphs(words, f"{title}."))
    heading = start_sentence(list_names(title.lower() for title, _ in given))
    return (*steps, Section("end", heading, blocks))


def _tell_deed(deed: Deed) -> tuple[str, str, str]:
    status = STATUS_WORDS[deed.status]
    stands = f"{status}, {deed.date}" if deed.date else status
    return deed.said, deed.did or "-", f"{stands}. {deed.why}" if deed.why else stands


def _tell_reply(reply: ServiceReply) -> Sequence[Block]:
    first, *rest = reply.text.split("\n\n")
    who = f"{reply.who}{f', {reply.date}' if reply.date else ''}:"
    return (Paragraph(first, strong=who), *(Paragraph(each) for each in rest))


def _list_paragraphs(words: str, strong: str = "") -> tuple[Paragraph, ...]:
    """The paragraphs of a text, the first begun by `strong`; none of an empty text."""
    if not words:
        return ()
    first, *rest = words.split("\n\n")
    return (Paragraph(first, strong=strong), *map(Paragraph, rest))


def _say_span(details: Details) -> str:
    if details.opened and details.closed:
        return f"The survey was open from {details.opened} to {details.closed}."
    return f"When the survey opened: {details.opened}." if details.opened else ""
