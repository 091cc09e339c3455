"""A zip file goes in (Word and Excel files are such); the same with fixed order and fixed times comes out."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

ZIP_TIME = (2026, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def fix_times(content: bytes, replaced: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The same file with its parts in one order and without the time of day; the list of parts stands first.

    Args:
        content: the zip file.
        replaced: by name, parts that are to be other than they are there.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda each: (each != _FIRST, each)):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            # Pictures are small already.
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            after.writestr(info, replaced[name] if name in replaced else before.read(name))
    return out.getvalue()
