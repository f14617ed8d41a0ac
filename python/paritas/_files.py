"""How a whole file is read and written, for both backends."""

import mmap
import os
import secrets
from pathlib import Path


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Writes beside the file, then puts it in place: a reader finds the old file or the new one, nothing between."""
    target = Path(path)
    beside = target.with_name(f"{target.name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_whole(path: str | os.PathLike[str]) -> bytes:
    return Path(path).read_bytes()


def mapped(path: str | os.PathLike[str]) -> mmap.mmap | bytes:
    """The bytes of a file where the system keeps them; write_whole replaces a file without changing these."""
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:  # cannot be mapped
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
