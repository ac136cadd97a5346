"""Tracking of parcels. The tracking of visits and campaigns is in separate packages."""

from storegen.tracking.known import (
    all_carriers,
    carrier_faults,
    carrier_name,
    chosen_carriers,
    known_ids,
    load_carrier,
    near_id,
)
from storegen.tracking.links import GetForm, get_form, is_number, track_link
from storegen.tracking.recognising import Candidate, meant, misread, recognise

__all__ = [
    "Candidate",
    "GetForm",
    "all_carriers",
    "carrier_faults",
    "carrier_name",
    "chosen_carriers",
    "get_form",
    "is_number",
    "known_ids",
    "load_carrier",
    "meant",
    "misread",
    "near_id",
    "recognise",
    "track_link",
]
