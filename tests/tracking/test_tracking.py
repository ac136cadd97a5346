"""Whose a parcel's number is: in Python and in the browser alike, and where it is shown."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from storegen.fields import make_record
from storegen.locale import country_fault
from storegen.model.carrier import Carrier, CheckDigit, NumberFormat, NumberLink
from storegen.model.number_pattern import NumberPattern
from storegen.model.scalars import Url
from storegen.tracking import all_carriers, get_form, is_number, load_carrier, meant, misread, recognise, track_link
from storegen.tracking.check_digits import expected, proves
from storegen.tracking.recognising import clean
from tests.browser import hosted
from tests.cli.test_cli import run
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE

DATA = ROOT.parent / "shared" / "data" / "carriers"
VECTORS: Any = json.loads((ROOT / "tests/vectors/tracking.json").read_text())
ALL = all_carriers()
IDS = [carrier.id for carrier in ALL]

# Which of our carriers each file of the shared data speaks of.
CARRIERS = {
    "canadapost": ("canada-post",),
    "dhl": ("dhl-express", "dhl-ecommerce"),
    "dpd": ("dpd", "dpd-de", "dpd-uk"),
    "old_dominion": ("old-dominion",),
    "s10": ("royal-mail", "usps", "17track"),
}

# Numbers of our own choice with a right check digit, by carrier: samples of standards and of carriers' own pages.
PROVEN = {
    "posti": ("RR123456785FI", "rr 123 456 785 fi", "RR-123456785-FI", "ＲＲ１２３４５６７８５ＦＩ"),
    "ups": ("1Z999AA10123456784", "1z 999 aa1 01 2345 6784", "1Z–999AA1–0123456784"),
    "dhl-express": ("3318810025",),
    "dhl-paket": ("00340434161094042557", "00340434161094038253"),
    "postnord": ("00573132901588003506",),
    "fedex": ("986578788855", "041441760228964"),
    "usps": ("9400111206206406260787", "420787459400111206206406260787"),
    "korea-post": ("EE123456785KR",),
    "17track": ("RB123456785CV",),
}


class Vector(NamedTuple):
    """A number of the shared data; *carriers* are those that it is, or is not, one of."""

    number: str
    carriers: tuple[str, ...]
    checked: bool
    valid: bool


def vectors() -> Iterator[Vector]:
    """Yield every number of the shared data; one that is right for another form of the same carrier is not wrong."""
    for file in sorted(DATA.glob("*.json")):
        data = json.loads(file.read_text())
        right = {clean(number) for form in data["tracking_numbers"] for number in form["test_numbers"]["valid"]}
        carriers = CARRIERS.get(file.stem, (file.stem,))
        for form in data["tracking_numbers"]:
            checked = bool(form["validation"].get("checksum"))
            for number in form["test_numbers"]["valid"]:
                yield Vector(number, carriers, checked, valid=True)
            for number in form["test_numbers"].get("invalid", ()):
                if clean(number) not in right:
                    yield Vector(number, carriers, checked, valid=False)


def own_vectors() -> list[tuple[str, str]]:
    """Return (carrier, number) of the carriers' own examples and of PROVEN."""
    examples = [(each.id, number) for each in ALL for form in each.numbers for number in form.examples]
    return examples + [(name, number) for name, numbers in PROVEN.items() for number in numbers]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the numbers are not in {DATA}")
def test_every_number_of_the_shared_data_is_told_right() -> None:
    found = list(vectors())
    assert sum(vector.valid and vector.checked for vector in found) == 119
    assert sum(vector.valid for vector in found) == 192
    assert sum(not vector.valid for vector in found) == 87
    for vector in found:
        told = [each for each in recognise(vector.number, ALL) if each.carrier.id in vector.carriers]
        assert bool(told) == vector.valid, vector
        assert not vector.valid or not vector.checked or told[0].proven, vector


@pytest.mark.parametrize(("name", "number"), own_vectors())
def test_numbers_find_their_carrier(name: str, number: str) -> None:
    told = {each.carrier.id: each for each in recognise(number, ALL)}

    assert name in told
    assert is_number(told[name].number)
    assert told[name].proven or name not in PROVEN or number not in PROVEN[name]


def strong(check: CheckDigit) -> bool:
    """Say whether a check digit notices every single wrong digit; the others miss some."""
    return check.kind in {"luhn", "mod37-36"} or (check.kind == "mod10" and set(check.weights) == {1, 3})


STRONG = [
    (form.check, clean(number))
    for each in ALL
    for form in each.numbers
    if form.check and strong(form.check)
    for number in form.examples
]


@given(data=st.data())
def test_one_changed_digit_is_noticed(data: st.DataObject) -> None:
    check, number = data.draw(st.sampled_from(STRONG))
    places = range(check.skip, len(number) - check.after)
    place = data.draw(st.sampled_from([place for place in places if number[place].isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))

    assert proves(check, number)
    assert not proves(check, number[:place] + digit + number[place + 1 :])


def test_check_digits_of_the_standards() -> None:
    formats = {form.check.kind: form.check for each in ALL for form in each.numbers if form.check}

    assert expected(formats["s10"], "47312482") == "9"  # UPU S10's own example, RR473124829GB
    assert expected(formats["luhn"], "7992739871") == "3"
    assert expected(formats["mod7"], "331881002") == "5"


def test_all_six_check_digits_are_in_use() -> None:
    assert {form.check.kind for each in ALL for form in each.numbers if form.check} == {
        "luhn",
        "mod10",
        "mod11-10",
        "mod37-36",
        "mod7",
        "s10",
    }


def test_proven_carriers_come_first_and_others_keep_the_order() -> None:
    told = recognise("986578788855", [load_carrier(name) for name in ("lotte", "hanjin", "fedex", "gls")])

    assert [(each.carrier.id, each.proven) for each in told] == [
        ("fedex", True),
        ("lotte", False),
        ("hanjin", False),
        ("gls", False),
    ]


def test_international_number_is_that_of_its_country() -> None:
    countries = {"FI": "posti", "GB": "royal-mail", "KR": "korea-post", "DE": "dhl-paket", "ID": "pos-indonesia"}
    for country, name in countries.items():
        assert [each.carrier.id for each in recognise(f"RR123456785{country}", ALL) if each.proven] == [name]
    (other,) = [each for each in recognise("RR123456785FR", ALL) if each.proven]
    assert (other.carrier.id, other.operator) == ("17track", "La Poste")
    assert not any(each.proven for each in recognise("RR123456785XX", ALL))


def test_one_wrong_digit_names_the_carrier_that_it_would_be() -> None:
    assert [each.id for each in misread("1Z999AA10123456785", ALL)] == ["ups"]
    assert misread("1Z999AA10123456784", ALL) == ()
    assert misread("nothing", ALL) == ()


@pytest.mark.parametrize("text", ["", "abc", "1" * 41, "1Z999/../evil", "12345<script>", "ß" * 8, "number?x=1"])
def test_what_is_no_number_is_nobodys(text: str) -> None:
    assert clean(text) == ""
    assert recognise(text, ALL) == ()
    if text:
        with pytest.raises(ValueError, match="expected 4 to 40 letters"):
            track_link(load_carrier("ups"), text)


@pytest.mark.parametrize("vector", VECTORS["meant"], ids=repr)
def test_number_is_found_among_words(vector: dict[str, str]) -> None:
    carriers = [load_carrier(name) for name in ("posti", "ups", "dhl-express", "hanjin", "fedex")]

    assert meant(vector["text"], carriers) == vector["number"]


@pytest.mark.parametrize("vector", VECTORS["recognised"], ids=repr)
def test_number_is_recognised_as_the_vectors_say(vector: dict[str, Any]) -> None:
    carriers = [load_carrier(each["id"]) for each in VECTORS["carriers"]]

    assert [[each.carrier.id, each.proven] for each in recognise(vector["text"], carriers)] == vector["carriers"]
    assert [each.id for each in misread(vector["text"], carriers)] == vector["misread"]


@pytest.mark.parametrize("vector", VECTORS["check_digits"], ids=repr)
def test_check_digit_proves_what_the_vectors_say(vector: dict[str, Any]) -> None:
    fields = {key: str(value) if isinstance(value, int) else value for key, value in vector["check"].items()}
    weights = [str(weight) for weight in fields.pop("weights", ())]
    check: CheckDigit = make_record({**fields, "weights": weights}, CheckDigit, dt.UTC)

    assert proves(check, vector["number"]) == vector["proves"]


@given(text=st.text(st.sampled_from("ab12 -:.ß\n\u00ad\u3000"), max_size=60))
def test_what_is_meant_is_a_number_or_nothing(text: str) -> None:
    number = meant(text, ALL)

    assert number == "" or (is_number(number) and number == clean(number))


@given(text=st.text())
def test_no_text_makes_a_link_that_leads_elsewhere(text: str) -> None:
    for each in (*recognise(text, ALL), *recognise(f"1Z999AA10123456784{text}", ALL)):
        link = track_link(each.carrier, each.number)
        assert urlsplit(link).hostname == urlsplit(track_link(each.carrier, "0000")).hostname
        assert re.fullmatch(r"[A-Z0-9-]+", each.number)


def test_link_holds_the_number_percent_encoded_in_the_language_of_the_page() -> None:
    posti = load_carrier("posti")

    assert track_link(posti, "JJFI64300000123456") == "https://www.posti.fi/en/tracking/JJFI64300000123456"
    assert track_link(posti, "JJFI64300000123456", language="fi") == "https://www.posti.fi/seuranta/JJFI64300000123456"
    assert track_link(posti, "JJFI64300000123456", language="ko") == track_link(posti, "JJFI64300000123456")
    assert track_link(load_carrier("jne"), "010190001491925") == "https://www.jne.co.id/tracking-package"


def test_form_leads_where_the_link_leads() -> None:
    for carrier in ALL:
        form = get_form(carrier)
        if form is None:
            continue
        query = "&".join(f"{name}={value}" for name, value in (*form.hidden, (form.field, "AB12")))
        assert sorted(urlsplit(f"{form.action}?{query}").query.split("&")) == sorted(
            unquote(urlsplit(track_link(carrier, "AB12")).query).split("&")
        )
        assert form.action == track_link(carrier, "AB12").partition("?")[0]
    assert get_form(load_carrier("royal-mail")) is None
    assert get_form(load_carrier("posti")) is None


@pytest.mark.parametrize("carrier", ALL, ids=IDS)
def test_carrier_is_whole(carrier: Carrier) -> None:
    assert carrier.name
    assert carrier.source
    assert carrier.page.startswith("https://")
    assert (carrier.link is None) == (carrier.surety == "none")
    assert [fault for code in carrier.countries if (fault := country_fault(code))] == []
    for link in (carrier.link, *carrier.links.values()):
        assert link is None or NumberLink.parse(link, dt.UTC)
    for form in carrier.numbers:
        NumberPattern.parse(form.pattern, dt.UTC)


def test_operators_are_those_of_the_pattern() -> None:
    carrier = load_carrier("17track")
    pattern = carrier.numbers[0].pattern

    assert pattern == f"[A-Z]{{2}}[0-9]{{9}}({'|'.join(carrier.operators)})"


@given(text=st.text("AB19Z09[]-{},?()|+*. \\^$a"))
@settings(max_examples=400)
def test_pattern_that_is_accepted_is_one_everywhere(text: str) -> None:
    try:
        pattern = NumberPattern.parse(text, dt.UTC)
    except ValueError:
        return  # the next test says of what and how

    re.compile(pattern)
    assert not set(pattern) & set("+*.\\^$ a")


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("(A{1,20}){1,20}", "fewer choices"),
        ("[0-9]{1,20}" * 4, "fewer choices"),
        ("(A|A)" * 13, "fewer choices"),
        (r"\d{8}", "digits as \\[0-9\\]"),
        ("A.", "say which signs"),
        ("[Z-A]", "capitals and digits"),
        ("^A$", "whole number"),
        ("A{3,2}", "a count"),
        ("A)", "closes nothing"),
        ("", "expected a pattern"),
    ],
)
def test_pattern_that_could_run_away_or_reads_otherwise_is_refused(pattern: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        NumberPattern.parse(pattern, dt.UTC)


def test_carriers_with_hyphens_in_their_numbers_keep_them() -> None:
    link = NumberLink("https://bob.example/{number}")
    format_ = NumberFormat(pattern=NumberPattern("BV-[0-9]{4}"))
    bob = Carrier(id="bob", name="Bob", page=Url("https://bob.example/"), link=link, numbers=(format_,))

    (told,) = recognise("bv - 1234", [bob])
    assert track_link(bob, told.number) == "https://bob.example/BV-1234"
    assert recognise("BV1234", [bob]) == ()


# ----------------------------------------------------------------------------- the browser does the same

EVERYONE = SITE + f"tracking: {{carriers: [{', '.join(IDS)}]}}\n"
TELL = """async texts => {
  const { clean, meant, recognise, misread, addressOf } = await import(location.href);
  return texts.map(text => [
    clean(text),
    meant(text, carriers),
    recognise(text, carriers).map(({ carrier, number, proven }) => [carrier.id, number, proven, addressOf(carrier, number)]),
    misread(text, carriers).map(({ id }) => id),
  ]);
}"""


@pytest.fixture
def finder(browser: Browser, make_shop: MakeShop) -> Iterator[Page]:
    """Open the theme's module with what the tracking page of a shop that chose every carrier knows of them."""
    shop = make_shop(FIVE | {"site.yaml": EVERYONE})
    shop.build()
    (data,) = shop.html("track/index.html").select("parcel-finder [data-part=data]")
    page = browser.new_page()
    with hosted(ROOT / "themes/default") as address:
        page.goto(f"{address}/components/parcel/recognising.mjs")
        page.evaluate("({ carriers }) => { window.carriers = carriers; }", json.loads(str(data.string)))
        yield page
    page.close()


def told_here(text: str) -> list[Any]:
    """Return what Python says of a text, as TELL returns it from the browser."""
    carriers = [load_carrier(name) for name in IDS]
    found = [
        [each.carrier.id, each.number, each.proven, track_link(each.carrier, each.number, language="en")]
        for each in recognise(text, carriers)
    ]
    return [clean(text), meant(text, carriers), found, [each.id for each in misread(text, carriers)]]


def mutated(numbers: list[str]) -> st.SearchStrategy[str]:
    """Return numbers, numbers with a sign changed, left out, added, spaced or in small letters, and any text."""
    some = st.sampled_from(numbers)
    sign = st.sampled_from("0123456789ABZ -–\u00a0é")
    changed = st.builds(
        lambda text, place, other: text[:place] + other + text[place + 1 :], some, st.integers(0, 30), sign
    )
    added = st.builds(lambda text, place, other: text[:place] + other + text[place:], some, st.integers(0, 30), sign)
    forms = st.sampled_from([form.pattern for each in ALL for form in each.numbers])
    made = forms.flatmap(lambda pattern: st.from_regex(re.compile(pattern), fullmatch=True))
    word = st.sampled_from(["Your", "no", "12", "x:", "(", ",", "\u3000"])
    among = st.builds("{} {} {}".format, word, some | some.map(" ".join) | changed, word)
    return some | changed | added | among | some.map(str.lower) | some.map(" ".join) | made | st.text(max_size=20)


@pytest.mark.browser
def test_browser_and_python_agree(finder: Page) -> None:
    known = [number for _, number in own_vectors()] + [vector.number for vector in vectors()]
    known += [vector["text"] for vector in VECTORS["meant"]]
    assert [told_here(text) for text in known] == finder.evaluate(TELL, known)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(mutated(known), min_size=20, max_size=20))
    def agree(texts: list[str]) -> None:
        assert [told_here(text) for text in texts] == finder.evaluate(TELL, texts)

    agree()


# ----------------------------------------------------------------------------- the command


def track(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run("track", *arguments, cwd=cwd)


def test_track_prints_carriers_and_addresses(tmp_path: Path) -> None:
    done = track("rr 123456785 fi", "1Z999AA10123456784", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "RR123456785FI",
        "  Posti (check digit fits)         https://www.posti.fi/en/tracking/RR123456785FI",
        "1Z999AA10123456784",
        "  UPS (check digit fits)           https://www.ups.com/track?tracknum=1Z999AA10123456784",
    ]


def test_track_asks_the_shops_carriers_first_and_links_its_page(make_shop: MakeShop, tmp_path: Path) -> None:
    own = '[lotte, {id: bob, name: Bob\'s vans, link: "https://bob.example/?p={number}", numbers: "BV[0-9]{8}"}]'
    shop = make_shop(FIVE | {"site.yaml": SITE + f"tracking: {{carriers: {own}}}\n"})

    done = track("986578788855", "BV12345678", "--site", str(shop.folder), cwd=tmp_path)
    here = track("BV12345678", cwd=shop.folder)

    assert done.stdout.splitlines() == [
        "986578788855",
        "  Lotte                            https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=986578788855",
        "  your tracking page               https://shop.example/track/#n=986578788855",
        "BV12345678",
        "  Bob's vans                       https://bob.example/?p=BV12345678",
        "  your tracking page               https://shop.example/track/#n=BV12345678",
    ]
    assert here.stdout == "\n".join([*done.stdout.splitlines()[3:], ""])


def test_track_links_in_the_language_of_the_shop(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"site.yaml": SITE + "languages: [fi]\ntracking: {carriers: [posti]}\n"})

    assert "https://www.posti.fi/seuranta/RR123456785FI" in track("RR123456785FI", cwd=shop.folder).stdout


def test_track_says_what_is_wrong_and_where_to_look(tmp_path: Path) -> None:
    done = track("ABCDEFG", "1Z999AA10123456785", "x", "RR123456785FI", cwd=tmp_path)

    assert done.returncode == 1
    assert "https://www.posti.fi/en/tracking/RR123456785FI" in done.stdout
    assert done.stderr == (
        "storegen: no carrier's number looks like ABCDEFG; compare it, name one with --carrier, or try "
        "https://t.17track.net/en#nums=ABCDEFG; 1Z999AA10123456785 looks like a number of UPS, but one digit seems "
        "wrong; compare it, or try https://t.17track.net/en#nums=1Z999AA10123456785; "
        '"x" is no tracking number: expected 4 to 40 letters and digits\n'
    )


def test_track_finds_the_number_in_what_was_pasted(tmp_path: Path) -> None:
    done = track("UPS: 1z 999 aa1 01 2345 6784, thanks", "JNE 0101-9000-1491-925", cwd=tmp_path)
    named = track("JNE, 010190001491925.", "--carrier", "jne", cwd=tmp_path)

    assert "https://www.ups.com/track?tracknum=1Z999AA10123456784\n" in done.stdout
    assert "type 010190001491925 in there" in done.stdout
    assert named.stdout.startswith("010190001491925\n")


def test_track_takes_the_carrier_that_is_named(tmp_path: Path) -> None:
    done = track("0101 9000 1491 925", "--carrier", "jne", cwd=tmp_path)
    unknown = track("1234", "--carrier", "dhl", cwd=tmp_path)

    assert done.stdout.splitlines() == [
        "010190001491925",
        "  JNE                              https://www.jne.co.id/tracking-package",
        "                                   type 010190001491925 in there: no address with the number is agreed on",
    ]
    assert unknown.returncode == 2
    assert unknown.stderr == (
        'storegen: there is no carrier "dhl", did you mean "dhl-ecommerce" or "dhl-express" or "dhl-paket"? '
        "(storegen track --list names all)\n"
    )


def test_track_speaks_json_and_lists_its_carriers(tmp_path: Path) -> None:
    (found,) = json.loads(track("RB123456785CV", "--json", cwd=tmp_path).stdout)
    listed = json.loads(track("--list", "--json", cwd=tmp_path).stdout)

    assert found["candidates"] == [
        {
            "id": "17track",
            "name": "17TRACK",
            "operator": "Correios de Cabo Verde",
            "number": "RB123456785CV",
            "check_digit_fits": True,
            "link": "https://t.17track.net/en#nums=RB123456785CV",
            "link_has_number": True,
        }
    ]
    assert [each["id"] for each in listed] == IDS
    assert track("--list", cwd=tmp_path).stdout.count("\n") == len(IDS)
    assert track(cwd=tmp_path).returncode == 2


# ----------------------------------------------------------------------------- the documentation


def test_table_of_carriers_in_the_documentation_is_theirs() -> None:
    text = (ROOT / "docs" / "parcels.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    words = {"tried": "tried", "usual": "in usual use", "none": "none agreed on"}

    assert rows == [
        (
            each.id,
            each.name,
            f"{words[each.surety]}: {each.source}",
            f"`{each.link or each.page}`",
        )
        for each in ALL
    ]


def test_carriers_are_listed_also_where_those_of_the_shop_are_faulty(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "menu:", "tracking: {carriers: [dhl]}\nmenu:")
    listed = run("track", "--list", cwd=shop.folder)

    assert (listed.returncode, listed.stdout.count("\n")) == (0, len(IDS))
    assert listed.stderr.startswith("warning: the shop's own carriers are left out, by a mistake: site.yaml:")
    assert "Posti" in run("track", "RR123456785FI", cwd=shop.folder).stdout
    shop.remove("site.yaml")
    assert run("track", "--list", "--site", ".", cwd=shop.folder).returncode == 1
