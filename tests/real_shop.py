"""A shop as merchants import one: 400 products in 30 categories, with long names, mixed pictures and little else.

``python -m tests.real_shop FOLDER`` writes it, ``storegen build FOLDER`` builds it. The same call always writes the
same bytes.
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

PRODUCTS = 400
NAME = "Nordlicht Haushaltswaren & Gartenbedarf Versandhandel Kotipuutarha"

# Twelve categories at the top with eighteen below them, as German and Finnish shops name theirs.
TREE: dict[str, tuple[str, ...]] = {
    "Küchenmaschinen und Haushaltsgeräte": ("Kaffeevollautomaten", "Spiralschneidemaschinen", "Küchenwaagen"),
    "Wohnzimmerbeleuchtung": ("Deckenleuchten", "Aussenwandleuchten mit Bewegungsmelder"),
    "Gartenmöbelauflagen": ("Hochlehnerauflagen", "Bankauflagen"),
    "Keittiötarvikkeet": ("Kahvinkeittimet", "Paistinpannut ja kattilat", "Säilytysastiat"),
    "Polkupyöränvaraosat": ("Takanavanvaihteet", "Polkupyörän sisärenkaat"),
    "Lastenhuoneen sisustustarvikkeet": (),
    "Lemmikkieläintarvikkeet": ("Koirantarvikkeet", "Kissantarvikkeet"),
    "Badezimmer": ("Duschvorhangstangen",),
    "Bürobedarf": (),
    "Lahjatavarat": ("Syntymäpäiväkynttilät",),
    "Werkzeug": ("Akkuschlagbohrschrauber", "Schraubendrehersätze"),
    "Ulkoiluvaatteet": (),
}
PARTS = (
    "Edelstahl-Thermoskanne mit Doppelwandisolierung",
    "Aussenwandleuchte mit Bewegungsmelder und Dämmerungsschalter",
    "Polkupyörän takanavanvaihteen vaihdevaijerinkiristin",
    "Keittiöpyyhe",
    "Kaffeevollautomat-Entkalkungstabletten, 30 Stück",
    "Lastenhuoneen pimennysverho",
    "Becher",
    "Gartenstuhlauflage Hochlehner wasserabweisend, 120 × 50 cm, Baumwollmischgewebe, grau",
    "Säilytyslaatikko kannella",
    "Akkuschlagbohrschrauber-Ersatzakku 18 V",
    "Kissanraapimispuu",
    "Schraubendrehersatz",
    "Syntymäpäiväkynttilä",
    "Duschvorhang",
    "Puutarhaletkun pikaliitin",
)
COLOURS = ("schwarz", "grau meliert", "tummansininen", "valkoinen", "Kupfer gebürstet")
SIZES = ("S", "M", "L", "XL", "120 × 60 cm", "140 × 70 cm", "180 × 90 cm")
MATERIALS = ("Edelstahl", "Massivholz Eiche geölt", "Polypropylen")

SITE = """\
name: {name}
url: https://real.example
currency: EUR
timezone: Europe/Helsinki
languages: [{language}]
company:
  legal_name: Nordlicht Versandhandel Oy
  street: Teollisuuskatu 12 B
  postcode: "33100"
  city: Tampere
  country: FI
  email: asiakaspalvelu@nordlicht.example
  phone: +358 3 000 0000
  hours: {{Mon-Fri: "9:00-17:00", Sat: "10:00-14:00"}}
tax: {{included: yes, name: ALV, rates: {{standard: 25.5}}}}
delivery:
  dispatch: {{before: 14:00, days: Mon-Fri}}
  methods:
    - {{id: parcel, name: Parcel, carrier: Posti, price: 6.90, free_from: 89.00, days: 2-4, countries: [FI]}}
returns: {{days: 30, countries: [FI]}}
answer_hours: 24
promises:
  delivery: {{icon: parcel, title: "With you in {{delivery_days}} days", text: "{{delivery_price}}, free from {{free_from}}.", link: "page:delivery"}}
  returns: {{icon: return, title: "{{return_days}} days to return", text: In its box., link: "page:returns"}}
banner: [delivery, returns]
product_promises: [delivery, returns]
tracking: {{carriers: [posti, dhl-express]}}
checkout: {{provider: order, order: {{email: tilaukset@nordlicht.example}}}}
footer:
  Help: ["page:delivery", "page:returns", "page:contact"]
legal: ["page:terms"]
"""
PAGES = {
    "delivery": "title: Delivery\nlayout: delivery\n",
    "returns": "title: Returns\nlayout: returns\n",
    "contact": "title: Contact\nlayout: contact\n",
    "terms": "title: Terms\n",
}


def write_shop(folder: Path, *, products: int = PRODUCTS, language: str = "en", name: str = NAME) -> None:
    """Write the shop with this many products in one language into a folder."""
    for file, text in _texts(products, language, name):
        _write(folder / file, text.encode())
    for picture, data in _pictures():
        _write(folder / "content" / "media" / picture, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _slug(text: str) -> str:
    plain = text.casefold().translate(str.maketrans("äöüå", "aoua")).replace("ß", "ss")
    return "-".join("".join(each if each.isalnum() and each.isascii() else " " for each in plain).split())


def categories() -> list[str]:
    """Return the ids of all categories, each after its parent."""
    found = []
    for top, children in TREE.items():
        found += [_slug(top), *(f"{_slug(top)}/{_slug(child)}" for child in children)]
    return found


def _texts(products: int, language: str, name: str) -> Iterator[tuple[str, str]]:
    yield "site.yaml", SITE.format(name=name, language=language)
    for page, head in PAGES.items():
        yield f"content/pages/{page}.md", f"---\n{head}---\n"
    names = [each for top, children in TREE.items() for each in (top, *children)]
    for number, (key, title) in enumerate(zip(categories(), names, strict=True)):
        picture = f"image: media/{_PICTURES[number % 6]}\n" if number % 3 else ""
        yield f"content/categories/{key}.yaml", f"name: {title}\norder: {number}\n{picture}"
    yield "content/offers/talvi.yaml", _SALE
    for number in range(products):
        yield f"content/products/p{number:03}.yaml", _product(number)


_SALE = """\
kind: sale
name: Winterschlussverkauf
categories: [badezimmer]
percent: 20
starts: 2026-01-10
ends: 2099-12-31
"""


def _product(number: int) -> str:
    """Return the file of a product. Each tenth or so is an awkward one."""
    chance = random.Random(number)
    ids = categories()
    part = PARTS[number % len(PARTS)]
    title = f"{part} {number // len(PARTS) + 1}"
    pictures = _pictures_of(number)
    lines = [f'name: "{title}"', f"sku: N-{number:04}", f"category: {ids[number * 7 % len(ids)]}"]
    lines.append(f"price: {chance.choice((4.9, 12.5, 19.9, 49, 129, 1299)):.2f}")
    lines.append(f"brand: {chance.choice(('Nordlicht', 'Puutarha-Virtanen', 'Schmidt & Söhne'))}")
    if number % 4 == 0:
        lines.append(f'fact: "{chance.choice(MATERIALS)}, {chance.choice(SIZES)}"')
    if number % 3 == 0:
        lines.append('summary: "Für drinnen und draussen. Kestävä ja helppo puhdistaa, takuu kaksi vuotta."')
    if number % 5 == 0:
        lines.append("specs: {Material: Edelstahl, Gewicht: 1.2 kg, Takuu: 24 kk}")
    if pictures:
        lines.append(f"images: [{', '.join(pictures)}]")
    return "\n".join([*lines, *_offer_lines(number)]) + "\n"


def _offer_lines(number: int) -> list[str]:
    """Return the options with their variants, or the stock of a product without any."""
    axes = [("Farbe", COLOURS), ("Grösse", SIZES), ("Material", MATERIALS)][: (0, 0, 1, 0, 2, 0, 3)[number % 7]]
    if not axes:
        return [f"stock: {0 if number % 11 == 0 else number % 40 + 1}"]
    combinations: list[tuple[str, ...]] = [()]
    for _, values in axes:
        combinations = [(*each, value) for each in combinations for value in values]
    lines = ["options:", *(f"  {name}: [{', '.join(values)}]" for name, values in axes), "variants:"]
    for place, values in enumerate(combinations):
        chosen = ", ".join(f"{name}: {value}" for (name, _), value in zip(axes, values, strict=True))
        stock = 0 if number % 11 == 0 or place % 4 == 3 else place % 9 + 1
        lines.append(f"  - {{sku: N-{number:04}-{place:03}, options: {{{chosen}}}, stock: {stock}}}")
    return lines


_PICTURES = ("white-1.jpg", "white-2.jpg", "clear-dark.png", "photo-1.jpg", "tall.jpg", "wide.jpg", "clear-light.png")
_ABSENT = "https://pictures.invalid/gone.jpg"  # RFC 6761: no such host, ever


def _pictures_of(number: int) -> list[str]:
    """Return a product's pictures: one in eight has none, one in eight has one that nobody can load any more."""
    if number % 8 == 3:
        return []
    if number % 8 == 5:
        return [_ABSENT]
    first = number % len(_PICTURES)
    count = (1, 2, 1, 8, 3)[number % 5]
    return [f"media/{_PICTURES[(first + place) % len(_PICTURES)]}" for place in range(min(count, len(_PICTURES)))]


def _pictures() -> Iterator[tuple[str, bytes]]:
    yield "white-1.jpg", _encoded(_thing((1000, 1000), "white", "#7d5b3a"), "JPEG")
    yield "white-2.jpg", _encoded(_thing((1200, 800), "white", "#2f4f6f"), "JPEG")
    yield "clear-dark.png", _encoded(_thing((900, 900), None, "#15181a"), "PNG")
    yield "clear-light.png", _encoded(_thing((900, 700), None, "#e9e4da"), "PNG")
    yield "photo-1.jpg", _encoded(_room((1600, 1200)), "JPEG")
    yield "tall.jpg", _encoded(_room((600, 1500)), "JPEG")
    yield "wide.jpg", _encoded(_room((2000, 700)), "JPEG")


def _thing(size: tuple[int, int], ground: str | None, colour: str) -> Image.Image:
    """Return a jug on a plain or a transparent ground, almost as large as the picture."""
    image = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    width, height = size
    side = min(size) * 0.42
    middle = width / 2 - side * 0.2
    body = (middle - side * 0.7, height / 2 - side, middle + side * 0.7, height / 2 + side)
    draw.arc(
        (middle, body[1] + side * 0.3, body[2] + side * 0.55, body[3] - side * 0.4), -90, 90, colour, int(side / 8)
    )
    draw.rounded_rectangle(body, radius=side * 0.2, fill=colour)
    draw.rectangle((body[0], body[1] + side * 0.25, body[2], body[1] + side * 0.33), fill="#9aa0a3")
    return image if ground is None else image.convert("RGB")


def _room(size: tuple[int, int]) -> Image.Image:
    """Return something like a photograph: a lit wall, a table and a bowl."""
    width, height = size
    image = Image.linear_gradient("L").resize(size)
    image = Image.merge(
        "RGB", tuple(image.point([int(base + each * 0.3) for each in range(256)]) for base in (150, 135, 115))
    )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.68, width, height), fill="#5d4a38")
    side = min(size) * 0.3
    bowl = (width / 2 - side, height * 0.68 - side, width / 2 + side, height * 0.68 + side * 0.6)
    draw.pieslice(bowl, 0, 180, fill="#c9b79c")
    draw.ellipse((bowl[0], height * 0.68 - side * 0.4, bowl[2], height * 0.68), fill="#a8916f")
    return image


def _encoded(image: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, quality=88)
    return stream.getvalue()


def main() -> None:
    """Write the shop to the folder named on the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--products", type=int, default=PRODUCTS)
    reader.add_argument("--language", default="en")
    wanted = reader.parse_args()
    write_shop(wanted.folder, products=wanted.products, language=wanted.language)


if __name__ == "__main__":
    main()
