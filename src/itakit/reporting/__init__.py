"""Reporting: a result as one whole HTML file, or as a workbook with live formulas.

A report is a sequence of sections, and a section a sequence of blocks. Both are plain values that
know nothing of HTML; templates write them down, and the template engine escapes every text.
"""

from itakit.reporting.parts import Analysis, ReportParts
from itakit.reporting.unit import report, report_workbook

__all__ = ["Analysis", "ReportParts", "report", "report_workbook"]
