"""Files as bytes go in; a folder or a file on disk comes out, whole or not at all. The only place that writes."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from coprod_cli.model.errors import CannotWriteError

MANIFEST = "manifest.json"
# The mask of the system takes from the second what it forbids.
_PRIVATE, _ANYBODY = 0o600, 0o666


def check_folder(folder: Path, *, force: bool) -> None:
    """Refuse early, before any work is done, a folder that must not or cannot be written.

    Raises:
        CannotWriteError: it exists and `force` is not given, or it holds things that coprod did not write.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        what = f"{folder} is a file, so no folder can be written there."
        raise CannotWriteError(what, "Name another folder with --out.")
    if not any(folder.iterdir()):
        return
    if _holds_strangers(folder):
        what = f"{folder} is not empty and holds files that coprod did not write."
        raise CannotWriteError(what, "Name a new folder with --out; coprod never deletes other people's files.")
    if not force:
        what = f"{folder} already holds {_name_outputs(folder)}."
        raise CannotWriteError(what, "Add --force to replace it, or name another folder with --out.")


def _name_outputs(folder: Path) -> str:
    """What coprod wrote there, in a few words."""
    if (folder / "report.html").exists():
        return "an earlier report"
    return "coding sheets" if any(folder.glob("*.xlsx")) else "what coprod wrote there earlier"


def refuse_changed(folder: Path) -> None:
    """Refuse to replace a file that somebody has filled in, or has made their own, since it was written.

    Raises:
        CannotWriteError: there is such a file.
    """
    for name, written in _list_outputs(folder).items():
        path = folder / name
        if path.exists() and _hash(path) != written:
            what = f"{path} was changed since coprod wrote it, so it is not replaced."
            raise CannotWriteError(what, "Move it elsewhere if you need it, or name another folder with --out.")


def save_folder(files: Mapping[str, bytes], folder: Path, *, force: bool, private: Collection[str] = ()) -> None:
    """Write all files into the folder, together or not at all.

    They are written to a hidden folder beside it first, which then takes its name. An earlier report that is replaced
    is kept until then.

    Args:
        files: relative path with forward slashes to content.
        folder: where to.
        force: whether an earlier report there may be replaced.
        private: names of files that their owner alone may read; the folder is private, too, where all of them are.

    Raises:
        CannotWriteError: the folder may not be replaced, or the disk refused.
    """
    check_folder(folder, force=force)
    folder = folder.resolve()
    fresh = _make_room(folder)
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(_PRIVATE if name in private else _ANYBODY)
            path.write_bytes(content)
        if set(files) <= set(private):
            fresh.chmod(0o700)
        _swap(fresh, folder)
    except OSError as error:
        raise _refuse(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def add_files(files: Mapping[str, bytes], folder: Path, *, manifest: bytes, force: bool) -> None:
    """Write files into the folder of a report beside those that are there, and its manifest last.

    Args:
        files: relative path with forward slashes to content.
        folder: where to; made where it is not there.
        manifest: of the folder as it then is.
        force: whether files may be replaced that are not as coprod wrote them.

    Raises:
        CannotWriteError: the folder is not one of ours, one of the files was changed by hand, or the disk refused.
    """
    listed = _list_outputs(folder)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not listed)):
        what = f"{folder} is not a folder that coprod wrote."
        raise CannotWriteError(what, "Name a new folder with --out; coprod never deletes other people's files.")
    for name, content in files.items():
        path = folder / name
        if not force and path.exists() and _hash(path) not in {listed.get(name), sha256(content).hexdigest()}:
            what = f"{path} was changed since coprod wrote it."
            raise CannotWriteError(what, "Add --force to replace it, or name another folder with --out.")
    for name, content in {**files, MANIFEST: manifest}.items():
        save_file(content, folder / name, force=True)


def save_file(content: bytes, path: Path, *, force: bool = False, private: bool = False) -> None:
    """Write one file, whole or not at all; a private one may be read by its owner alone.

    Raises:
        CannotWriteError: it exists and `force` is not given, or the disk refused.
    """
    refuse_existing([path], force=force)
    path = path.absolute()
    fresh = _make_room(path)
    try:
        (fresh / path.name).touch(_PRIVATE if private else _ANYBODY)
        (fresh / path.name).write_bytes(content)
        (fresh / path.name).replace(path)
    except OSError as error:
        raise _refuse(path, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def save_durably(content: bytes, path: Path) -> None:
    """Write a private file, whole or not at all, so that not even a power cut takes it back; in place of what is there.

    One at a time: whoever calls it often holds its lock.

    Raises:
        CannotWriteError: the disk refused.
    """
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _refuse(path, error) from error


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Nobody else who asks for it may have this file meanwhile; a process that is killed lets go of it.

    Where the system has no such locks (Windows), it holds nothing.

    Raises:
        CannotWriteError: somebody has it, or its folder may not be written to.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    path = path.resolve()
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, _PRIVATE)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if lock.exists() and os.path.samestat(os.fstat(handle), lock.stat()):
                break
            os.close(handle)  # whoever had it took it away in between
    except BlockingIOError:
        os.close(handle)
        what = f"{path} is in use in another window."
        raise CannotWriteError(what, "Finish there first, or name another file with --out.") from None
    except OSError as error:
        raise _refuse(path, error) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def refuse_overwriting(targets: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuse before any work is done, and whatever else is allowed, to write over a file that is read.

    Raises:
        CannotWriteError: one of the targets is one of the inputs.
    """
    read = {path.resolve() for path in inputs if path is not None}
    for path in targets:
        if path is not None and path.resolve() in read:
            raise CannotWriteError(f"{path} is a file that is read here.", "Give another name for what is written.")


def refuse_existing(targets: Iterable[Path], *, force: bool) -> None:
    """Refuse, before any work is done where that takes long, to replace a file that is there.

    Raises:
        CannotWriteError: one of the targets exists and `force` is not given.
    """
    for path in targets:
        if path.exists() and not force:
            what = f"{path} exists already."
            raise CannotWriteError(what, "Add --force to replace it, or give another name.")


def _sync_folder(folder: Path) -> None:
    """Have the disk know that a file has a new name; Windows cannot be asked to."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_room(target: Path) -> Path:
    """A hidden folder of our own on the same disk as the target."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        os.umask(mask := os.umask(0o077))
        fresh.chmod(0o777 & ~mask)
    except OSError as error:
        raise _refuse(target, error) from error
    return fresh


def _holds_strangers(folder: Path) -> bool:
    """Whether anything in the folder is not listed in the manifest of an earlier report there."""
    listed = _list_outputs(folder)
    if not listed and [path.name for path in folder.iterdir()] != [MANIFEST]:
        return True
    ours = {MANIFEST, *listed}
    found = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    return not found <= ours


def _list_outputs(folder: Path) -> dict[str, str]:
    """Each file that the manifest of the folder lists, with its SHA-256; nothing without a manifest."""
    try:
        return {
            str(each["name"]): str(each.get("sha256", ""))
            for each in json.loads((folder / MANIFEST).read_bytes())["outputs"]
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _swap(fresh: Path, folder: Path) -> None:
    """Put the fresh folder in the place of the old one; the old one is removed only once that has succeeded."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent)) / folder.name
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        old.parent.rmdir()
        raise
    shutil.rmtree(old.parent, ignore_errors=True)


def _refuse(path: Path, error: OSError) -> CannotWriteError:
    why = (error.strerror or "the disk refused").lower()
    return CannotWriteError(f"{path} cannot be written: {why}.", "Name a folder you may write to with --out.")
