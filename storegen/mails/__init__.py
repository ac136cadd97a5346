"""Mail services with their tags, merge fields in texts, and what footers of mails must show in each country."""

from storegen.mails.countries import FooterRules, footer_rules
from storegen.mails.fields import MERGE_FIELDS, field_faults, find_fields, mark, marked, plainly, substitute
from storegen.mails.services import SERVICES, MailService

__all__ = [
    "MERGE_FIELDS",
    "SERVICES",
    "FooterRules",
    "MailService",
    "field_faults",
    "find_fields",
    "footer_rules",
    "mark",
    "marked",
    "plainly",
    "substitute",
]
