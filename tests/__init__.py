"""Tests, mirroring the rooms of casebuilder folder by folder."""
