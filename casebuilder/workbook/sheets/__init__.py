"""The sheets, one module each: what stands on them and how they are written."""
