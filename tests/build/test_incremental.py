"""Incremental builds give what a clean build gives, whatever was edited, whenever a build was stopped."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storegen.errors import StoregenError
from tests.conftest import FIVE
from tests.shop import NOW, SITE, Shop, png, tree

pytestmark = pytest.mark.slow

BASE: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE + "languages: [en, fi]\nfeeds: [google]\ntheme: {name: small}\nbadges: {new: {text: New}}\n"
    "promises: {silver: {title: S, categories: [rings], tags: [sale]}, post: {title: P, text: '{delivery_price}.'}}\n"
    "banner: [post, 'offer:week']\nproduct_promises: [silver, post]\n",
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\nslug: köysisormus\n",
    "content/products/stone-ring.yaml": "name: Stone ring\ncategory: rings\nprice: 119.00\nimages: [media/stone.png]\n",
    "content/media/stone.png": png((1, 80, 120)),
    "content/blog/spring.md": "---\ntitle: Spring\ndate: 2026-11-25\n---\nSee [the hoops](product:small-hoops).\n",
    "content/offers/week.yaml": "name: W\npercent: 10\ntags: [sale]\nstarts: 2026-11-24\nends: 2026-11-25\n",
    "content/people/aino.yaml": "name: Aino\nrole: silversmith\n",
    "content/reviews/r.yaml": "- {product: rope-ring, rating: 5, name: K, text: Good., date: 2026-10-01}\n",
    "content/pages/returns.md": "---\ntitle: Returns\n---\nSend it back.\n",
    "content/pages/home.yaml": (
        "sections:\n  - featured: {title: New, tag: new}\n  - collections: {}\n  - testimonials: {title: V, reviews: 2, press: 1}\n"
        "  - offer: {id: week}\n  - prose: {title: P, text: 'See [it](product:stone-ring).'}\n"
    ),
    "content/endorsements/p.yaml": "{kind: press, quote: Quiet silver., name: Muoto, date: 2026-04-02}\n",
    "themes/small/theme.yaml": "name: small\npictures: {widths: [20, 30], formats: [webp]}\nper_page: 2\n",
    "themes/small/base.html": (
        '<!doctype html><html lang="{{ shared.language }}"><head><title>{{ page.head.title }}</title>{{ page|jsonld }}'
        '<link href="{{ asset("theme.css") }}" rel="stylesheet"></head><body>{{ menu_html|current(page.head.section) }}'
        "{% block main %}{% endblock %}{{ footer_html }}{{ page }}</body></html>"  # all that a page may show
    ),
    "themes/small/components/card/card.html": (
        "{% macro card(c) %}<a href='{{ c.href }}'>{{ c.name }} {{ c.price.now|money }} {{ c.badge.text if c.badge }}"
        "{% if c.picture %}<img srcset='{{ c.picture|srcset('webp') }}' src='{{ c.picture.src }}'>{% endif %}</a>"
        "{% endmacro %}"
    ),
    "themes/small/components/card/card.css": ".card { color: red }",
    "themes/small/pages/product.html": (
        '{% extends "base.html" %}{% from "components/card/card.html" import card %}{% block main %}{{ page.name }} '
        "{{ page.price.now|money }} {{ page.stock.state }}{% for c in page.related %}{{ card(c) }}{% endfor %}"
        "{% for o in page.offers %}{{ o.name }}{{ o.before|money if o.before }}{% for l in o.links %}{{ l.href }} {{ l.text }}{% endfor %}{% endfor %}"
        "{{ page.variants|json }}"
        "{% for s in page.sections %}{% for p in s.text|markdown %}{{ p.html }}{% endfor %}{% endfor %}{% endblock %}"
    ),
    "themes/small/pages/category.html": (
        '{% extends "base.html" %}{% from "components/card/card.html" import card %}{% block main %}'
        "{% for c in page.cards %}{{ card(c) }}{% endfor %}{{ page.pages.number }}{% endblock %}"
    ),
    "themes/small/pages/article.html": (
        '{% extends "base.html" %}{% from "components/card/card.html" import card %}{% block main %}'
        "{% for p in page.body|markdown %}{% if p.card %}{{ card(p.card) }}{% else %}{{ p.html }}{% endif %}{% endfor %}"
        "{% endblock %}"
    ),
    "themes/small/pages/offer.html": (
        '{% extends "base.html" %}{% from "components/card/card.html" import card %}{% block main %}{{ page.name }}'
        "{{ page.code }}{% for c in page.cards %}{{ card(c) }}{% endfor %}{% endblock %}"
    ),
    "themes/small/fragments/menu.html": "{% for e in shared.menu %}<a href='{{ e.href }}'>{{ e.text }}</a>{% endfor %}",
    "themes/small/fragments/footer.html": "<footer>{{ shared.company.legal_name }}</footer>",
    "themes/small/feeds/sitemap.xml": "{{ page }}",
    "themes/small/feeds/atom.xml": "{{ page }}",
    "themes/small/feeds/google.xml": "{{ page }}",
    "themes/small/feeds/lines.txt": "{% for line in page.lines %}{{ line }}\n{% endfor %}",
    "themes/small/locales/en.yaml": (
        "meta: {name: English}\nnav: {home: Home, guides: Guides, blog: Blog}\npages: {page: Page}\n"
        "cart: {title: Cart}\ntrack: {title: Track, lead: Type it}\n"
        'not_found: {title: Gone}\norder: {subject: "Order {name}", pieces: Pieces, delivery: Delivery, total: Total, address: Address}\n'
    ),
    "themes/small/locales/fi.yaml": "meta: {name: Suomi}\nnav: {home: Koti}\n",
}
for _page in ("home", "articles", "info", "person", "cart", "thanks", "track", "search", "not_found"):
    BASE[f"themes/small/pages/{_page}.html"] = (
        '{% extends "base.html" %}{% block main %}' + _page + " {{ page.head.path }}{% endblock %}"
    )

Edit = Callable[[Shop, int], None]


def _price(shop: Shop, n: int) -> None:
    name = ("plain-band", "small-hoops", "ball-studs", "polishing-cloth")[n % 4]
    shop.write(f"content/products/{name}.yaml", f"name: {name}\nsku: S{n % 4}\ncategory: rings\nprice: {n + 1}.50\n")


def _tag(shop: Shop, n: int) -> None:
    tags = ("new", "sale", "other")[n % 3]
    shop.write("content/products/tagged.yaml", f"name: Tagged {n % 2}\nprice: 10\ntags: [{tags}]\ncategory: rings\n")


def _new(shop: Shop, n: int) -> None:
    shop.write(f"content/products/made-{n % 5}.yaml", f"name: Made {n}\nprice: 5\ncategory: earrings\nstock: {n % 3}\n")


def _delete(shop: Shop, n: int) -> None:
    found = [*sorted((shop.folder / "content/products").glob("made-*.yaml")), shop.folder / "content/blog/spring.md"]
    found[n % len(found)].unlink(missing_ok=True)


def _rename(shop: Shop, n: int) -> None:
    found = sorted((shop.folder / "content/products").glob("made-*.yaml"))
    if found:
        found[n % len(found)].rename(found[0].with_name(f"made-{n % 7}x.yaml"))


def _picture(shop: Shop, n: int) -> None:
    shop.write("content/media/stone.png", png((n % 256, 80, 120), width=25 + n % 3))


def _drop_picture(shop: Shop, n: int) -> None:
    images = "images: [media/stone.png]\n" if n % 2 else ""
    shop.write("content/products/stone-ring.yaml", f"name: Stone ring\ncategory: rings\nprice: 119.00\n{images}")


def _template(shop: Shop, n: int) -> None:
    names = ("components/card/card.html", "pages/product.html", "fragments/footer.html", "base.html")
    name = f"themes/small/{names[n % 4]}"
    shop.write(name, str(BASE[name]) + ("{# a comment #}" if n % 3 == 0 else f"<!-- {n} -->" if n % 4 else ""))


def _said(shop: Shop, n: int) -> None:
    """What others say, and what the company, its people and its lists say."""
    review = f"- {{product: rope-ring, rating: {n % 2 + 4}, name: K, text: Good {n % 3}., date: 2026-10-01}}\n"
    featured = ("tag: new", "products: [stone-ring, rope-ring]", "category: rings, count: 2")[n % 3]
    name, text = (
        ("reviews/r.yaml", review),
        (
            "reviews/more.yaml",
            f"- {{product: small-hoops, rating: 5, name: L, text: Fine {n % 3}., date: 2026-11-0{n % 9 + 1}}}\n",
        ),
        ("endorsements/p.yaml", f"{{kind: press, quote: Silver {n % 3}., name: Muoto}}\n"),
        ("people/aino.yaml", f"name: Aino {n % 2}\nrole: silversmith\nbody: She made [this](product:small-hoops).\n"),
        ("pages/about.md", f"---\ntitle: About {n % 2}\npeople: [aino]\n---\nWe made\n\n![it](product:ball-studs)\n"),
        (
            "pages/home.yaml",
            f"sections:\n  - featured: {{title: F, {featured}}}\n  - testimonials: {{title: V, press: {n % 2}}}\n",
        ),
        ("guides/care.md", f"---\ntitle: Care {n % 3}\nauthor: aino\n---\nRub it.{' Again and again.' * (n % 200)}\n"),
        ("categories/rings.yaml", f"name: Rings {n % 3}\nguide: {'care' if n % 2 else 'ring-size'}\n"),
    )[n % 8]
    shop.write(f"content/{name}", text)


def _offer(shop: Shop, n: int) -> None:
    kinds = (
        "kind: gift\ngift: ball-studs\ntags: [sale]\n",
        "kind: bundle\nproducts: [plain-band, small-hoops]\npercent: 5\n",
        "kind: first_purchase\npercent: 20\ncode: X\n",
        "kind: volume\ncategories: [rings]\ntiers: [{count: 2, percent: 5}]\npage: yes\n",
        "kind: sale\npercent: 30\ncategories: [rings]\nbadge: Ring week\n",
        "kind: free_delivery\ncategories: [rings]\ncountries: [FI]\nterms: '![](product:small-hoops)'\n",
        "kind: free_delivery\nterms: '![](product:small-hoops)'\n",
    )
    times = "starts: 2026-11-24\nends: 2026-11-24\n"
    if n % 8 == 0:
        (shop.folder / "content/offers/second.yaml").unlink(missing_ok=True)
    else:
        shop.write("content/offers/second.yaml", f"name: Second {n % 2}\n{kinds[n % 7]}{times}")


def _history(shop: Shop, n: int) -> None:
    row = f"2026-11-0{n % 9 + 1}T00:00Z,S{n % 4},{n % 50 + 1}.00,EUR\n"
    shop.write("content/history/prices.csv", f"since,sku,price,currency\n2026-01-01T00:00Z,S0,9.00,EUR\n{row}")


def _style(shop: Shop, n: int) -> None:
    shop.write("themes/small/components/card/card.css", f".card {{ order: {n % 3} }}")


def _words(shop: Shop, n: int) -> None:
    shop.write("themes/small/locales/fi.yaml", f"meta: {{name: Suomi}}\nnav: {{home: Koti {n % 3}}}\n")


def _site(shop: Shop, n: int) -> None:
    change = ("Test Oy", "Other Oy", "Third Oy")[n % 3]
    menu = ('menu: ["category:rings", "guides"]', 'menu: ["category:earrings"]')[n % 2]
    carriers = ("", "tracking: {carriers: [ups, posti]}\n", "tracking: {carriers: [jne]}\nlegal: [track]\n")[n % 5 % 3]
    text = str(BASE["site.yaml"]).replace("Test Oy", change).replace('menu: ["category:rings", "guides"]', menu)
    shop.write("site.yaml", text + carriers)


def _languages(shop: Shop, n: int) -> None:
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text.replace("[en, fi]", "[en]") if n % 2 else text.replace("[en]", "[en, fi]"))


def _overlay(shop: Shop, n: int) -> None:
    shop.write("content/products/rope-ring.fi.yaml", f"name: Köysisormus {n % 2}\nslug: köysi-{n % 2}\n")


def _output(shop: Shop, n: int) -> None:
    found = sorted(path for path in shop.output.rglob("*") if path.is_file())
    if found and n % 2:
        found[n % len(found)].unlink()
    elif found:
        found[n % len(found)].write_bytes(b"damaged")


def _damage(shop: Shop, n: int) -> None:
    found = sorted(
        path for path in (shop.folder / ".storegen").rglob("*") if path.is_file() and "stage" not in path.parts
    )
    file = found[n % len(found)]
    data = file.read_bytes()
    file.write_bytes((b"", b"odd", data[: n % (len(data) + 1)], bytes([n]) + data[1:])[n % 4])


def _move(shop: Shop, n: int) -> None:
    folder = shop.folder.rename(shop.folder.with_name(f"shop-{n % 3}"))
    shop.folder, shop.output = folder, folder / "output"


def _cache(shop: Shop, n: int) -> None:
    if n % 3 == 0:
        (shop.folder / ".storegen/cache").unlink(missing_ok=True)
    elif n % 3 == 1:
        shutil.rmtree(shop.folder / ".storegen/templates", ignore_errors=True)
    else:
        for file in (shop.folder / ".storegen").rglob("*"):
            if file.is_file() and file.name != "manifest":
                file.write_bytes(file.read_bytes()[:20])


EDITS: tuple[Edit, ...] = (
    _price,
    _tag,
    _new,
    _delete,
    _rename,
    _picture,
    _drop_picture,
    _template,
    _said,
    _said,
    _offer,
    _history,
    _style,
    _words,
    _site,
    _languages,
    _overlay,
    _output,
    _cache,
    _damage,
    _move,
)
STEPS = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 200), st.integers(0, 96)), min_size=12, max_size=12)


@pytest.mark.parametrize("part", range(5))
def test_random_edits_end_where_a_clean_build_ends(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if part > 2:  # files count as long there, so that their marks are trusted
        monkeypatch.setattr("storegen.files._SETTLED_NS", -(10**12))

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(STEPS)
    def run(steps: list[tuple[Edit, int, int]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            _play(Shop(Path(folder) / "shop", BASE), steps)

    run()


def _play(shop: Shop, steps: list[tuple[Edit, int, int]]) -> None:
    shop.build()
    for place, (edit, number, hours) in enumerate(steps):
        edit(shop, number)
        now = NOW + dt.timedelta(hours=hours)
        try:
            shop.build(now=now, relative=place % 2 == 1)
        except StoregenError:
            continue  # an edit may leave a link to nothing; the next one may mend it
        if place % 4 == 3:
            _assert_as_clean(shop, now)


def _assert_as_clean(shop: Shop, now: dt.datetime) -> None:
    clean = shop.folder / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shop.build(now=now, output=clean / "output", cache=clean / "cache")
    assert tree(clean / "output") == tree(shop.output)
    shutil.rmtree(clean)


@pytest.mark.parametrize("edit", [pytest.param(edit, id=edit.__name__) for edit in dict.fromkeys(EDITS)])
def test_every_edit_alone_ends_where_a_clean_build_ends(edit: Edit, tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", BASE)
    shop.build()
    for number in range(24 if edit is _said else 4):
        edit(shop, number)
        shop.build()
        _assert_as_clean(shop, NOW)


class _StoppedError(Exception):
    """The build was stopped here."""


def _stop_at(number: int) -> tuple[Callable[[str], None], list[str]]:
    seen: list[str] = []

    def step(what: str) -> None:
        seen.append(what)
        if len(seen) > number:
            raise _StoppedError(what)

    return step, seen


def test_build_stopped_at_any_operation_is_finished_by_the_next(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", BASE)
    shop.build()
    shop.edit("content/products/plain-band.yaml", "49.00", "50.00")
    shop.remove("content/products/ball-studs.yaml")
    shop.write("content/products/extra.yaml", "name: Extra\nprice: 1\ncategory: rings\n")
    shop.build(output=tmp_path / "clean", cache=tmp_path / "cache")
    expected = tree(tmp_path / "clean")

    operations = 0
    while True:
        copy = Shop(tmp_path / f"copy-{operations}", {})
        shutil.rmtree(copy.folder)
        shutil.copytree(shop.folder, copy.folder, copy_function=shutil.copy2)
        step, seen = _stop_at(operations)
        try:
            copy.build(step=step)
        except _StoppedError:
            before = tree(copy.output)
            assert all(before[path] in {expected.get(path), tree(shop.output).get(path)} for path in before)
            copy.build()
            assert tree(copy.output) == expected
            assert copy.build().made == ()
            shutil.rmtree(copy.folder)
            operations += 1
            continue
        break
    assert operations > 10
    assert len(seen) == operations


def test_killed_process_leaves_a_shop_that_the_next_build_completes(tmp_path: Path) -> None:
    import signal
    import subprocess
    import sys
    import time

    shop = Shop(tmp_path / "shop", BASE)
    command = [sys.executable, "-m", "storegen", "build", "--site", str(shop.folder), "--now", NOW.isoformat()]
    for delay in (0.2, 0.4, 0.5, 0.6, 0.7, 0.9):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        shop.edit("content/products/plain-band.yaml", "price: 4", "price: 41")
        shop.edit("content/products/plain-band.yaml", "price: 41", "price: 4")

    shop.build()
    shop.build(output=tmp_path / "clean", cache=tmp_path / "cache")
    assert tree(tmp_path / "clean") == tree(shop.output)


def test_number_of_processes_and_repetition_give_the_same_bytes(tmp_path: Path) -> None:
    many = {f"content/products/p{n}.yaml": f"name: P {n}\nprice: {n + 1}\ncategory: rings\n" for n in range(420)}
    shop = Shop(tmp_path / "shop", BASE | many)
    shop.build(jobs=1, output=tmp_path / "one", cache=tmp_path / "c1")
    shop.build(jobs=2, output=tmp_path / "two", cache=tmp_path / "c2")
    shop.build(jobs=1, output=tmp_path / "again", cache=tmp_path / "c3")

    one = tree(tmp_path / "one")
    assert len(one) > 800
    assert one == tree(tmp_path / "two")
    assert one == tree(tmp_path / "again")


def test_damaged_manifest_means_a_full_build(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", BASE)
    made = len(shop.build().made)
    manifest = shop.folder / ".storegen" / "manifest"

    for damage in (b"", b"garbage", manifest.read_bytes()[:100], b"cos\nsystem\n(S'false'\ntR."):
        manifest.write_bytes(damage)
        report = shop.build()
        assert len(report.made) == made
        assert any("damaged" in warning for warning in report.warnings)


@pytest.mark.parametrize("relative", [True, False])
def test_edit_of_a_file_that_was_new_at_the_build_before_reaches_the_shop(*, relative: bool, tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", BASE)
    shop.build(relative=relative)
    edits = {
        "themes/small/fragments/footer.html": ("<footer>", "<footer>Edited "),
        "themes/small/components/card/card.css": ("red", "blue"),
        "content/products/plain-band.yaml": ("49.00", "51.00"),
        "site.yaml": ("Test Oy", "Best Oy"),
    }
    for name, (old, new) in edits.items():
        shop.edit(name, old, new)
        assert shop.build(relative=relative).made
        _assert_as_clean(shop, NOW)
    assert "Edited Best Oy" in shop.text("index.html")


def test_new_name_of_an_offer_that_has_not_begun_reaches_the_pages_that_link_to_it(tmp_path: Path) -> None:
    sale = "name: Soon\npercent: 10\ntags: [sale]\nstarts: 2027-11-24\nends: 2027-11-25\npage: yes\n"
    home = "sections: [{prose: {title: Sales, text: Wait., link: 'offer:soon'}}]\n"
    files = {"content/offers/soon.yaml": sale, "content/pages/home.yaml": home}
    shop = Shop(tmp_path / "shop", BASE | files)
    shop.build()
    shop.edit("content/offers/soon.yaml", "name: Soon", "name: Very soon")
    shop.build()
    _assert_as_clean(shop, NOW)


def test_card_in_the_conditions_of_an_offer_follows_its_product(tmp_path: Path) -> None:
    terms = "kind: free_delivery\nname: Sent\nterms: '![](product:stone-ring)'\n"
    files = {"content/offers/sent.yaml": terms, "content/pages/delivery.md": "---\ntitle: Delivery\n---\nBy post.\n"}
    shop = Shop(tmp_path / "shop", FIVE | files | {"content/products/stone-ring.yaml": "name: Stone\nprice: 119.00\n"})
    shop.build()
    shop.edit("content/products/stone-ring.yaml", "119.00", "98.00")
    shop.build()

    assert "98.00" in shop.text("products/small-hoops/index.html")
    assert "98.00" in shop.text("delivery/index.html")
