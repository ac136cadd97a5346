"""Find secrets in files to publish: keys in their makers' formats, and the merchant's own keys in any encoding."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.entities import codepoint2name
from typing import NamedTuple
from urllib.parse import quote

_WORD = "[0-9A-Za-z_-]"

# The prefix of each key, and the pattern after it. Public keys are left out: Stripe's and Paddle's for pages
# (pk_live_, live_), and Google's for maps (AIza). Sources: the makers' documentation and the rules of gitleaks 8
# (2026-11).
_FORMS: Mapping[str, str] = {
    **dict.fromkeys(("sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"), "[0-9A-Za-z]{8,}"),  # Stripe
    **dict.fromkeys(("sq0csp-", "sq0atp-"), f"{_WORD}{{22,}}"),  # Square
    "EAA": f"{_WORD}{{60,}}",  # Square and Meta
    **dict.fromkeys(("shpat_", "shpca_", "shppa_", "shpss_"), "[0-9a-fA-F]{32}"),  # Shopify
    **dict.fromkeys(("pdl_live_apikey_", "pdl_sdbx_apikey_"), "[0-9A-Za-z_]{8,}"),  # Paddle
    **dict.fromkeys(("access_token$production$", "access_token$sandbox$"), r"[0-9a-z]{16}\$[0-9a-f]{32}"),  # Braintree
    **dict.fromkeys(("ck_", "cs_"), "[0-9a-f]{40}(?![0-9A-Za-z])"),  # WooCommerce
    **dict.fromkeys(("AKIA", "ASIA"), "[0-9A-Z]{16}(?![0-9A-Za-z])"),  # Amazon Web Services
    **dict.fromkeys(("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), "[0-9A-Za-z]{36}"),  # GitHub
    "github_pat_": "[0-9A-Za-z]{22}_[0-9A-Za-z]{59}",
    "glpat-": f"{_WORD}{{20}}",  # GitLab
    "npm_": "[0-9A-Za-z]{36}",
    **dict.fromkeys(
        ("xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"), "[0-9A-Za-z-]{20,}"
    ),  # Slack
    "hooks.slack.com/services/T": "[0-9A-Z]{8,}/B[0-9A-Z]{8,}/[0-9A-Za-z]{24}",
    "SG": rf"\.{_WORD}{{22}}\.{_WORD}{{43}}",  # SendGrid
    "xkeysib-": "[0-9a-f]{64}-[0-9A-Za-z]{16}",  # Brevo
    "key-": "[0-9a-f]{32}(?![0-9A-Za-z])",  # Mailgun
    "SK": "[0-9a-f]{32}(?![0-9A-Za-z])",  # Twilio
    "GOCSPX-": f"{_WORD}{{28}}",  # Google's OAuth clients
    "sk-ant-": f"[a-z]+[0-9]{{2}}-{_WORD}{{20,}}",  # Anthropic
    # OpenAI; an address in lower case with the same prefix is not a key
    **dict.fromkeys(("sk-proj-", "sk-svcacct-", "sk-admin-"), f"(?={_WORD}*[0-9])(?={_WORD}*[A-Z]){_WORD}{{20,}}"),
    "sk-": "(?=[0-9a-z]*[A-Z])[0-9A-Za-z]{40,}",
    "dop_v1_": "[0-9a-f]{64}",  # DigitalOcean
    "eyJ": rf"{_WORD}{{10,}}\.eyJ{_WORD}{{10,}}\.{_WORD}{{20,}}",  # a signed JSON Web Token
}
# Keys that begin with digits, found by the text after the digits: Telegram's bots and Mailchimp.
_AFTER: Mapping[str, tuple[str, int, str]] = {
    ":AA": ("[0-9]", 8, f"{_WORD}{{33}}"),
    "-": ("[0-9a-f]", 32, "us[0-9]{1,2}(?![0-9A-Za-z])"),
}
_PEM = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY")


# There is no letter before a key, except a byte of a text's length in MessagePack.
_START = r"(?:(?<![0-9A-Za-z_])|(?<=\xd9[\x00-\xff])|(?<=\xda[\x00-\xff]{2}))"
# Lookaheads after the last letter of a prefix, so that most places are skipped quickly.
_AHEAD: Mapping[str, str] = {
    "_": "[0-9A-Za-z]{8}",
    "-": f"{_WORD}{{20}}|us[0-9]",
    "A": f"{_WORD}{{16}}",
    "J": f"{_WORD}{{10}}",
    "K": "[0-9a-f]{8}",
    "G": r"\.",
    "$": "[0-9a-z]{16}",
    "X": "-",
    "T": "[0-9A-Z]{8}",
}


class _Form(NamedTuple):
    """The prefix of a key, and the number of characters before the prefix that are part of the key."""

    head: bytes
    before: int


def _patterns() -> Iterator[tuple[re.Pattern[bytes], tuple[_Form, ...]]]:
    """Yield patterns for all forms, one for each last letter of the prefixes. Each begins with a literal letter."""
    ends: dict[str, list[tuple[str, _Form]]] = defaultdict(list)
    for head, rest in _FORMS.items():
        ends[head[-1]].append((f"(?<={_START}{re.escape(head)}){rest}", _Form(head.encode(), 0)))
    for head, (before, length, rest) in _AFTER.items():
        ends[head[-1]].append((f"(?<={before}{{{length}}}{re.escape(head)}){rest}", _Form(head.encode(), length)))
    for end, forms in ends.items():
        patterns = "|".join(pattern for pattern, _ in forms)
        yield re.compile(f"{re.escape(end)}(?={_AHEAD[end]})(?:{patterns})".encode()), tuple(form for _, form in forms)


_KEYS = tuple(_patterns())


def find_secrets(data: bytes) -> Iterator[str]:
    """Yield each secret key in the data."""
    if b"PRIVATE KEY" in data and (found := _PEM.search(data)):
        yield found[0].decode()
    plain = data.replace(b"\\_", b"_") if b"\\_" in data else data
    for pattern, forms in _KEYS:
        for found in pattern.finditer(plain):
            end = found.start() + 1  # of the prefix, whose last letter is the first letter of the pattern
            form = max((each for each in forms if plain.endswith(each.head, 0, end)), key=lambda each: len(each.head))
            yield plain[end - len(form.head) - form.before : found.end()].decode(errors="replace")


def finder(secrets: Iterable[str]) -> Callable[[bytes], str]:
    """Return a function that finds one of the secrets in data: unchanged, or in HTML, JSON, an address or Base64."""
    known = [(each, _longest_run(each), re.compile(_spelled(each)), _encoded(each)) for each in secrets if each]

    def find(data: bytes) -> str:
        """Return the first secret that the data contains, or an empty string."""
        for secret, hint, pattern, encoded in known:
            if (hint in data and pattern.search(data)) or any(each in data for each in encoded):
                return secret
        return ""

    return find


def _longest_run(secret: str) -> bytes:
    """Return the longest part of a secret that no encoding changes."""
    runs: list[str] = re.findall("[0-9A-Za-z]*", secret)
    return max(runs, key=len).encode()


def _spelled(secret: str) -> bytes:
    return "".join(map(_spellings, secret)).encode()


def _spellings(sign: str) -> str:
    """Return a pattern for a character as encoded in text, HTML, JSON, addresses, and twice in HTML."""
    if sign.isascii() and sign.isalnum():
        return sign
    code = ord(sign)
    names = [f"#0*{code}", f"#x0*{code:x}", *([codepoint2name[code]] if code in codepoint2name else [])]
    names += ["apos"] if sign == "'" else []
    units = sign.encode("utf-16-be").hex()
    parts = (units[place : place + 4] for place in range(0, len(units), 4))
    spellings = [
        re.escape(sign),
        rf"&(?:amp;)*(?i:{'|'.join(names)});",
        "".join(rf"\\+u(?i:{part})" for part in parts),
        "(?i:" + "".join(f"%(?:25)*{byte:02x}" for byte in sign.encode()) + ")",
    ]
    spellings += [rf"\\+{re.escape(sign)}"] if sign.isascii() else []
    spellings += [r"[\s+]"] if sign == " " else []
    return rf"\\*(?:{'|'.join(spellings)})"  # JSON's backslash may precede an HTML entity


def _encoded(secret: str) -> tuple[bytes, ...]:
    """Return the Base64 forms of a secret, for both alphabets and every position in the encoded text."""
    data = secret.encode()
    found = []
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + data)
        first = (before * 8 + 5) // 6
        found.append(whole[first : (before + len(data)) * 8 // 6])
    both = (*found, *(each.replace(b"+", b"-").replace(b"/", b"_") for each in found))
    return tuple(dict.fromkeys((*both, *(quote(each, safe="").encode() for each in found))))
