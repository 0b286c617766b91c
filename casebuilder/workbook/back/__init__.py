"""The way home: an edited workbook is read against its case, and its changes are said and taken over."""
