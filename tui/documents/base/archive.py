"""Read the XML parts of a document that is a ZIP file (DOCX, ODT), within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from tui.briefing.problem import Refused
from tui.documents.base.document import Fact

MOST = 64 * 1024 * 1024
"""Bytes of one part, unpacked."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SAVE_AGAIN = "open it in its own program and save it again"


class Archive:
    """Raises Refused wherever something is damaged, encrypted or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Refused(f"it is damaged ({error}); {_SAVE_AGAIN}") from None
        self.names = self._zip.namelist()

    def xml(self, name: str) -> ElementTree.Element | None:
        """Return the root of a part, or None if there is no such part."""
        data = self._read(name)
        if data is None:
            return None
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise Refused(f"{name} in it declares entities, as an attack would; {_SAVE_AGAIN}")
        try:
            return ElementTree.fromstring(data.replace(_STRICT, _TRANSITIONAL))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise Refused(f"it is damaged ({name}: {error}); {_SAVE_AGAIN}") from None

    def facts(self, name: str, keys: dict[str, str]) -> tuple[Fact, ...]:
        """Return the facts that a part of metadata has. `keys`: our names by the names of elements."""
        root = self.xml(name)
        if root is None:
            return ()
        found = {tag(each): " ".join((each.text or "").split()) for each in root.iter()}
        return tuple(Fact(ours, found[theirs], f"{name}: {theirs}") for theirs, ours in keys.items() if found.get(theirs))

    def _read(self, name: str) -> bytes | None:
        try:
            if self._zip.getinfo(name).file_size > MOST:
                raise Refused(f"{name} in it is larger than {MOST >> 20} MiB; split it")
            with self._zip.open(name) as part:
                data = part.read(MOST + 1)
        except KeyError:
            return None
        except RuntimeError:
            raise Refused("it is encrypted; save it without a password") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Refused(f"it is damaged ({name}: {error}); {_SAVE_AGAIN}") from None
        if len(data) > MOST:
            raise Refused(f"{name} in it is larger than {MOST >> 20} MiB; split it")
        return data


def tag(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
