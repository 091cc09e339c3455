"""What may be typed for an option goes in; the words that are known come out, as enumerations."""

from enum import StrEnum


class Engine(StrEnum):
    """Which coder reads the answers."""

    trained = "trained"
    fast = "fast"
    cues = "cues"


class Audience(StrEnum):
    """Who will see the results."""

    public = "public"
    restricted = "restricted"
    raw = "raw"


class Template(StrEnum):
    """For whom a report is written."""

    forum = "forum"
    summary = "summary"
    research = "research"
    easy_read = "easy-read"


class Format(StrEnum):
    """What kind of file a report is."""

    html = "html"
    md = "md"
    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"


class BookFormat(StrEnum):
    """What kind of file a codebook is."""

    qdc = "qdc"
    taguette = "taguette"
    csv = "csv"
    md = "md"
    toml = "toml"


class Export(StrEnum):
    """What other programs are written for."""

    qdpx = "qdpx"
    qdc = "qdc"
    long = "long"
    wide = "wide"
    sav = "sav"


class Documents(StrEnum):
    """What one document of a project for other programs holds."""

    project = "project"
    answer = "answer"


class Comments(StrEnum):
    """Which machine-coded themes may enter a score."""

    reliable = "reliable"
    all = "all"
    none = "none"


class Only(StrEnum):
    """Which answers a person is asked about."""

    all = "all"
    unsure = "unsure"
