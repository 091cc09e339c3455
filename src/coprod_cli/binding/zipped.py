"""A zip file goes in (Word and Excel files are such); the same with fixed order and fixed times comes out."""

import io
import zipfile

ZIP_TIME = (2026, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def fix_times(content: bytes) -> bytes:
    """The same file with its parts in one order and without the time of day; the list of parts stands first."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda each: (each != _FIRST, each)):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            # Pictures are small already.
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(name))
    return out.getvalue()
