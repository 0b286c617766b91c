"""Room 5c, kept: saved cases and their versions, of which none is ever lost; the only room that knows SQL."""

from casebuilder.store.address import VARIABLE, default_url
from casebuilder.store.errors import Conflict, Deleted, NotFound, StoreError
from casebuilder.store.limits import Limits, new_key
from casebuilder.store.moving import backup, migrate, restore
from casebuilder.store.records import Draft, Kept, Kind, Place, SavedCase, State, Version, Whereabouts
from casebuilder.store.store import Store
from casebuilder.store.verify import Verified, verify

__all__ = [
    "Conflict",
    "Deleted",
    "Draft",
    "Kept",
    "Kind",
    "Limits",
    "NotFound",
    "Place",
    "SavedCase",
    "State",
    "Store",
    "StoreError",
    "VARIABLE",
    "Verified",
    "Version",
    "Whereabouts",
    "backup",
    "default_url",
    "migrate",
    "new_key",
    "restore",
    "verify",
]
