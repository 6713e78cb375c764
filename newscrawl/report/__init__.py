"""What people and programs get to see: tables, JSON lines and HTML, harmless whatever the web put in."""

from newscrawl.report.harmless import harmless_block, harmless_line
from newscrawl.report.jsonlines import json_line
from newscrawl.report.table import Column, print_table

__all__ = ["Column", "harmless_block", "harmless_line", "json_line", "print_table"]
