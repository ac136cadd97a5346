"""Mail services: what each calls the reader's fields and the links of the frame.

Nothing here was tried with an account; docs/mails.md says so. The tags are those of the services' documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class MailService(msgspec.Struct, frozen=True, kw_only=True):
    """A mail service with its tags.

    - *fields* are the tags of the merge fields, and *first_name* is that of the name with the words for readers
      without one: ``DEFAULT`` stands for them.
    - *unsubscribe* and *browser* are tags for the addresses of links. A service without a view in the browser has none.
    - *address* is the tag for the sender's postal address, empty if the mail must contain the address itself.
    - *content* must be somewhere in the HTML.
    - With *names_in_subjects*, subjects may contain the reader's name.
    - *own_fields* says how the fields other than the name are made in the service, and *source* is the documentation
      with the day on which it was read.
    """

    id: str
    title: str
    fields: Mapping[str, str]
    first_name: str
    unsubscribe: str
    browser: str = ""
    address: str = ""
    content: str = ""
    names_in_subjects: bool = True
    own_fields: str
    source: str

    def tag(self, field: str, default: str | None = None) -> str:
        """Return the tag of a merge field, with *default* for readers whose name is not known."""
        if default is None:
            return self.fields[field]
        return self.first_name.replace("DEFAULT", default)


def _fields(pattern: str, first_name: str = "") -> dict[str, str]:
    """Return the tags of services that use storegen's own names of fields."""
    names = ("order_number", "tracking_number", "new_date")
    return {"first_name": first_name or pattern.replace("NAME", "first_name")} | {
        name: pattern.replace("NAME", name) for name in names
    }


_ALL = (
    MailService(
        id="mailchimp",
        title="Mailchimp",
        # A merge tag has at most ten letters.
        fields={
            "first_name": "*|FNAME|*",
            "order_number": "*|ORDERNO|*",
            "tracking_number": "*|TRACKNO|*",
            "new_date": "*|NEWDATE|*",
        },
        first_name="*|IF:FNAME|**|FNAME|**|ELSE:|*DEFAULT*|END:IF|*",
        unsubscribe="*|UNSUB|*",
        browser="*|ARCHIVE|*",
        address="*|LIST:ADDRESSLINE|*",
        own_fields="audience fields with the tags ORDERNO, TRACKNO and NEWDATE",
        source="mailchimp.com/help/all-the-merge-tags-cheat-sheet, 2026-10-01",
    ),
    MailService(
        id="brevo",
        title="Brevo",
        fields={
            "first_name": "{{ contact.FIRSTNAME }}",
            "order_number": "{{ contact.ORDER_NUMBER }}",
            "tracking_number": "{{ contact.TRACKING_NUMBER }}",
            "new_date": "{{ contact.NEW_DATE }}",
        },
        first_name="{{ contact.FIRSTNAME|default:'DEFAULT' }}",
        unsubscribe="{{ unsubscribe }}",
        browser="{{ mirror }}",
        own_fields="contact attributes ORDER_NUMBER, TRACKING_NUMBER and NEW_DATE",
        source="help.brevo.com, Brevo Template Language, 2026-11-28",
    ),
    MailService(
        id="klaviyo",
        title="Klaviyo",
        fields=_fields("{{ person|lookup:'NAME'|default:'' }}", "{{ first_name }}"),
        first_name="{{ first_name|default:'DEFAULT' }}",
        unsubscribe="{% unsubscribe_link %}",
        browser="{% web_view_link %}",
        address="{{ organization.full_address }}",
        own_fields="profile properties order_number, tracking_number and new_date",
        source="help.klaviyo.com, template tags, 2026; web_view_link as public integrations use it, 2026-11-30",
    ),
    MailService(
        id="buttondown",
        title="Buttondown",
        fields=_fields("{{ subscriber.metadata.NAME }}"),
        first_name="{{ subscriber.metadata.first_name|default:'DEFAULT' }}",
        unsubscribe="{{ unsubscribe_url }}",
        browser="{{ email_url }}",
        own_fields="metadata of subscribers: first_name, order_number, tracking_number, new_date",
        source="docs.buttondown.com/template-variables, 2026-11-28",
    ),
    MailService(
        id="mailerlite",
        title="MailerLite",
        fields=_fields("{$NAME}", "{$name}"),
        first_name="{$name|default('DEFAULT')}",
        unsubscribe="{$unsubscribe}",
        browser="{$url}",
        address="{$account}",
        own_fields="subscriber fields order_number, tracking_number and new_date",
        source="mailerlite.com/help, 2026-11-28; the default as public templates use it, 2026-11-30",
    ),
    MailService(
        id="kit",
        title="Kit",
        fields=_fields("{{ subscriber.NAME }}"),
        first_name="{{ subscriber.first_name | strip | default: 'DEFAULT' }}",
        unsubscribe="{{ unsubscribe_url }}",
        address="{{ address }}",
        content="{{ message_content }}",
        names_in_subjects=False,
        own_fields="custom fields order_number, tracking_number and new_date",
        source="help.kit.com, HTML email templates, 2026-10-01; developers.kit.com, Liquid templates, 2026-11-30",
    ),
    MailService(
        id="listmonk",
        title="Listmonk",
        fields=_fields("{{ .Subscriber.Attribs.NAME }}", "{{ .Subscriber.FirstName }}"),
        first_name='{{ .Subscriber.FirstName | default "DEFAULT" }}',
        unsubscribe="{{ UnsubscribeURL }}",
        browser="{{ MessageURL }}",
        own_fields="attributes of subscribers: order_number, tracking_number, new_date",
        source="listmonk.app/docs/templating, 2026-11-28",
    ),
)
SERVICES: Mapping[str, MailService] = {each.id: each for each in _ALL}
