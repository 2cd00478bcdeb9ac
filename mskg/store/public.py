"""A copy of a generation without personal data, for readers whom nobody knows.

The copy shares the files of its generation (hard links) and differs from it in few places:

* the names of responsible leaders, and the evidence that quotes nothing else, are gone;
* those names are □ wherever else the texts of their document hold them, and so are telephone
  numbers and what stands behind 联系人： in every text, so that a quote keeps its length;
* who made a correction, handed in a report or closed a task is □ too: it may be a person.

So free SPARQL needs no rules about what it may ask: what must not be seen is not there.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from mskg.errors import StoreError
from mskg.ns import CORRECTIONS_GRAPH, PREFIXES, VOCABULARY
from mskg.rdf import vocabulary as v
from mskg.rdf.contacts import contact_hint, is_telephone, masked, names_pattern
from mskg.rdf.people import ROW_TEXTS
from mskg.store import oxigraph
from mskg.store.generations import StoreFolder
from mskg.store.locks import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PublicCopy", "current_generation", "fill_public", "new_public"]

_FOLDER: Final = "public"
_READY: Final = "copy-"

_NAMES: Final = f"""
SELECT DISTINCT ?graph ?name WHERE {{ GRAPH ?graph {{ ?post <{v.PERSON_NAME}> ?name }} }}"""
# Numbers of a field for contacts, such as 监督电话.
_NUMBERS: Final = f"""
SELECT DISTINCT ?graph ?name WHERE {{
  GRAPH ?graph {{
    ?number a <{v.UNUSED_NUMBER}> ; <{VOCABULARY}rule> "contact" ; <{VOCABULARY}text> ?name
}} }}"""
# Who made a correction, handed in a report or closed a task.
_AGENTS: Final = f"""
SELECT ?graph ?s ?p ?o WHERE {{
  {{ GRAPH ?graph {{ ?s ?p ?o }} VALUES ?p {{ <{v.AGENT_NAME}> }} }}
  UNION
  {{ GRAPH ?graph {{ ?s ?p ?o }} VALUES (?graph ?p) {{ (<{CORRECTIONS_GRAPH}> <{v.CREATOR}>) }} }}
}}"""
_TEXT: Final = {PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"}
# Evidence of posts that supports nothing else; what says the names; what says rows once more.
_REMOVE: Final = f"""
DELETE {{ GRAPH ?graph {{ ?evidence ?p ?o }} }} WHERE {{
  GRAPH ?graph {{
    ?post a <{v.POST}> ; <{v.HAS_EVIDENCE}> ?evidence .
    FILTER NOT EXISTS {{ ?other ?any ?evidence . FILTER NOT EXISTS {{ ?other a <{v.POST}> }} }}
    ?evidence ?p ?o
  }}
}} ;
DELETE {{ GRAPH ?graph {{ ?post <{v.HAS_EVIDENCE}> ?evidence }} }} WHERE {{
  GRAPH ?graph {{ ?post a <{v.POST}> ; <{v.HAS_EVIDENCE}> ?evidence }}
}} ;
DELETE {{ GRAPH ?graph {{ ?post <{v.PERSON_NAME}> ?name }} }} WHERE {{
  GRAPH ?graph {{ ?post <{v.PERSON_NAME}> ?name }}
}} ;
DELETE {{ GRAPH ?graph {{ ?of ?texts ?rows }} }} WHERE {{
  VALUES ?texts {{ {" ".join(f"<{texts}>" for texts in ROW_TEXTS)} }}
  GRAPH ?graph {{ ?of ?texts ?rows }}
}}"""


class PublicCopy(NamedTuple):
    """A folder for a copy; it is ours as long as its lock is held."""

    folder: Path
    lock: FileLock

    @property
    def database(self) -> Path:
        """Where the database of the copy lies."""
        return self.folder / "db"

    def remove(self) -> None:
        """Remove the copy; those who still read it have closed it before."""
        self.lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def current_generation(store: Path) -> str:
    """Return the name of the generation that `store` shows now, empty where there is none."""
    return StoreFolder(store).current()


def new_public(store: Path) -> PublicCopy:
    """Make the folder of a copy, beside the generations, or where temporary files belong.

    What servers that were killed have left there is removed.

    Raises
    ------
    StoreError
        If nothing can be written anywhere.
    """
    parent = store / _FOLDER
    try:
        parent.mkdir(exist_ok=True)
        _clean(parent)
        made = Path(tempfile.mkdtemp(prefix="new-", dir=parent))
    except OSError:
        try:
            made = Path(tempfile.mkdtemp(prefix="mskg-"))
        except OSError as error:
            raise StoreError(
                f"no place for a copy of the store {store}: {error.strerror}",
                hint="make its folder or the one for temporary files writable",
                zh=f"没有地方存放数据库 {store} 的副本（请让数据库文件夹或临时文件夹可写）",
            ) from error
    lock = FileLock(made / "lock")
    lock.acquire()
    # Only a folder with this name is ever removed by others, and now it has its lock.
    ready = made.rename(made.with_name(_READY + made.name.rpartition("-")[2]))
    return PublicCopy(ready, lock)


def fill_public(store: Path, database: Path) -> str:
    """Make the copy of the current generation of `store`; return the name of the generation.

    Raises
    ------
    StoreError
        If the store is missing, damaged or foreign, or the copy can't be written.
    """
    lease = StoreFolder(store).lease()
    try:
        with oxigraph.translated(str(store)):
            ox.Store.read_only(str(lease.database)).backup(str(database))
            copy = ox.Store(str(database))
            _hide(copy)
            copy.flush()
    finally:
        lease.release()
    return lease.generation


def _hide(copy: ox.Store) -> None:
    names: dict[str, set[str]] = {}
    for graph, name in _rows(copy, _NAMES):
        names.setdefault(graph.value, set()).add(name.value)
    for graph, number in _rows(copy, _NUMBERS):
        if is_telephone(number.value):
            names.setdefault(graph.value, set()).add(number.value)
    copy.update(_REMOVE)
    _mask(copy, _rows(copy, _AGENTS), ".")
    # Decisions quote all documents.
    names[CORRECTIONS_GRAPH] = {name for of_graph in names.values() for name in of_graph}
    for graph, of_graph in sorted(names.items()):
        if of_graph:
            pattern = names_pattern(of_graph)
            _mask(copy, _rows(copy, _texts(pattern, f"VALUES ?graph {{ <{graph}> }}")), pattern)
    _mask(copy, _rows(copy, _texts(contact_hint())))


def _rows(copy: ox.Store, query: str) -> list[ox.QuerySolution]:
    return list(copy.query(query))  # type: ignore[arg-type]


def _texts(pattern: str, graphs: str = "") -> str:
    """Return the query for all texts that match a regular expression."""
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return f"""SELECT ?graph ?s ?p ?o WHERE {{
      {graphs} GRAPH ?graph {{ ?s ?p ?o }}
      FILTER(isLiteral(?o) && ?p != <{v.DIGITS}> && REGEX(STR(?o), "{quoted}")) }}"""


def _mask(copy: ox.Store, rows: Iterable[ox.QuerySolution], names: str = "") -> None:
    """Write the texts of `rows` again without what is private."""
    added = []
    for row in rows:
        old = row["o"]
        text = masked(old.value, names)
        # A number of a type of its own is no telephone; testing that in the query is slow.
        if text == old.value or old.datatype.value not in _TEXT:
            continue
        new = ox.Literal(text, language=old.language) if old.language else ox.Literal(text)
        copy.remove(ox.Quad(row["s"], row["p"], old, row["graph"]))
        added.append(ox.Quad(row["s"], row["p"], new, row["graph"]))
    copy.extend(added)


def _clean(parent: Path) -> None:
    """Remove the copies of servers that died: nobody holds their locks any more."""
    for folder in parent.glob(_READY + "*"):
        lock = FileLock(folder / "lock")
        try:
            if lock.acquire():
                PublicCopy(folder, lock).remove()
        except OSError:
            continue
