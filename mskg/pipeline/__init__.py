"""The order of the stages: the only package that knows it.

::

    file → read → outline → extract → resolve → plan → validate → store → answers, network, files

A stage hands on its value; what it could not understand stays with the plan as issues.
One bad document never stops a batch: it comes back as a `Reading` with an error.
"""

from __future__ import annotations

from mskg.pipeline.building import BuildResult, build
from mskg.pipeline.checking import check, check_many, to_graph, validate
from mskg.pipeline.demonstration import Answer, Demonstration, demonstrate
from mskg.pipeline.executors import open_executor
from mskg.pipeline.finding import find_files
from mskg.pipeline.job import Advance, Reading, ignore
from mskg.pipeline.many import read_documents, read_each, read_many
from mskg.pipeline.reading import read_document_plan, read_plan
from mskg.pipeline.recording import BatchStopped, file_names, record_many, refuse_inputs
from mskg.pipeline.summary import COUNT_COLUMNS, RESULTS, Recorded, RecordFolder

__all__ = [
    "COUNT_COLUMNS",
    "RESULTS",
    "Advance",
    "Answer",
    "BatchStopped",
    "BuildResult",
    "Demonstration",
    "Reading",
    "RecordFolder",
    "Recorded",
    "build",
    "check",
    "check_many",
    "demonstrate",
    "file_names",
    "find_files",
    "ignore",
    "open_executor",
    "read_document_plan",
    "read_documents",
    "read_each",
    "read_many",
    "read_plan",
    "record_many",
    "refuse_inputs",
    "to_graph",
    "validate",
]
