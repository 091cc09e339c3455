"""Files by name, or a zip file (Word and Excel files are such), go in; a zip with fixed order and times comes out."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

_TIME = (2026, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def pack_zip(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, in the order they have, without the time of day: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _TIME)
            # Pictures are small already.
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return out.getvalue()


def fix_times(content: bytes, replaced: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The same file with its parts in one order and without the time of day; the list of parts stands first.

    Args:
        content: the zip file.
        replaced: by name, parts that are to be other than they are there.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        names = sorted(before.namelist(), key=lambda each: (each != _FIRST, each))
        return pack_zip({name: replaced[name] if name in replaced else before.read(name) for name in names})
