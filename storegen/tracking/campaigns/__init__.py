"""Campaigns: tagged links for advertisements, mails, partners and printed cards, and the maximum cost per click."""

from storegen.tracking.campaigns.cost import Worth, worth_of
from storegen.tracking.campaigns.links import Link, links_of, tagged, takes_tags
from storegen.tracking.campaigns.words import landing_record, missing_words

__all__ = ["Link", "Worth", "landing_record", "links_of", "missing_words", "tagged", "takes_tags", "worth_of"]
