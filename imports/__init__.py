"""The way in for Excel: open, find the table, match the headers, read the values, compare, load, report.

Each stage is a pure function over plain data in a module of its own, in this order: ``workbook`` (with ``archive``,
``precheck``, ``jail``), ``layout`` (with ``header``, ``rows``), ``mapping``, ``values``, ``diff``, ``load``, ``report``.
This file imports nothing, so that the jail's child process starts quickly.
"""
