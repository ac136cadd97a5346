"""Run the queries of search_queries.yaml, and count how often the wanted product is among the first three.

    python benchmarks/search_queries.py --work /tmp/queries
    python benchmarks/search_queries.py --work /tmp/queries --products 10000 --seen
    python benchmarks/search_queries.py --work /tmp/queries --products 100000 --shops catalogue --languages en

Each query is asked in a new browser context of Chromium, so its bytes and its time are those of a first query: the
scripts, the index and the data of the first 24 results, without the page itself and without pictures. Bytes are
response bodies, with 250 bytes for the headers of each. The made-up catalogue is one shop for each language.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import itertools
import re
import shutil
import statistics
import threading
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Browser, Response, sync_playwright

from storegen.build import Options, build

ROOT = Path(__file__).parent.parent
FIRST = 3
HEADERS = 250
SEARCH = {"en": "search", "fi": "haku", "ko": "search", "id": "cari"}
# The words of the catalogue by language: the order of a name, things, materials and colours.
WORDS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "{colour} {material} {thing} {model}",
        (
            "mug,teapot,plate,bowl,tablecloth,towel,blanket,cushion,candle,candlestick,lamp,basket,kettle,frying pan,knife,"
            "cutting board,apron,napkin,vase,coat rack,rug,curtain,shelf,chair,stool,backpack,wallet,belt,scarf,gloves"
        ),
        "linen,cotton,wool,oak,birch,steel,cast iron,copper,stoneware,glass,leather,bamboo",
        "Black,White,Red,Blue,Green,Grey,Yellow,Brown,Sand,Pink",
    ),
    "fi": (
        "{colour} {material} {thing} {model}",
        (
            "muki,teekannu,lautanen,kulho,pöytäliina,pyyhe,huopa,tyyny,kynttilä,kynttilänjalka,lamppu,kori,vedenkeitin,"
            "paistinpannu,veitsi,leikkuulauta,esiliina,lautasliina,maljakko,naulakko,matto,verho,hylly,tuoli,jakkara,reppu,"
            "lompakko,vyö,huivi,käsineet"
        ),
        (
            "pellavainen,puuvillainen,villainen,tamminen,koivuinen,teräksinen,valurautainen,kuparinen,keraaminen,lasinen,"
            "nahkainen,bambuinen"
        ),
        "Musta,Valkoinen,Punainen,Sininen,Vihreä,Harmaa,Keltainen,Ruskea,Hiekanvärinen,Vaaleanpunainen",
    ),
    "ko": (
        "{colour} {material} {thing} {model}",
        (
            "머그컵,찻주전자,접시,그릇,식탁보,수건,담요,쿠션,양초,촛대,램프,바구니,전기주전자,프라이팬,식칼,도마,앞치마,냅킨,꽃병,"
            "옷걸이,러그,커튼,선반,의자,스툴,배낭,지갑,벨트,스카프,장갑"
        ),
        "리넨,면,울,참나무,자작나무,스테인리스,무쇠,구리,도자기,유리,가죽,대나무",
        "검정,흰색,빨강,파랑,초록,회색,노랑,갈색,베이지,분홍",
    ),
    "id": (
        "{thing} {material} {colour} {model}",
        (
            "Cangkir,Teko,Piring,Mangkuk,Taplak meja,Handuk,Selimut,Bantal,Lilin,Tempat lilin,Lampu,Keranjang,Ketel listrik,"
            "Wajan,Pisau,Talenan,Celemek,Serbet,Vas bunga,Gantungan baju,Karpet,Tirai,Rak,Kursi,Bangku,Ransel,Dompet,"
            "Ikat pinggang,Syal,Sarung tangan"
        ),
        "linen,katun,wol,kayu ek,kayu birch,baja,besi cor,tembaga,keramik,kaca,kulit,bambu",
        "hitam,putih,merah,biru,hijau,abu-abu,kuning,cokelat,krem,merah muda",
    ),
}
MODELS = "Saana Vilja Halla Kaisla Utu Pilvi Aalto Meri Tuuli Sade Lumi Kide".split()
SITE = """\
name: Queries
url: https://queries.example
currency: EUR
timezone: Europe/Helsinki
languages: [{language}]
company: {{legal_name: Queries Oy, street: Street 1, postcode: "00100", city: Helsinki, country: FI, email: a@q.example}}
delivery: {{methods: [{{id: post, name: Post, price: 5.00, days: 1-3, countries: [FI]}}]}}
"""
# Search in a new page, and return the names of the first results. What it loads is counted outside.
ASK = """async ([query, base]) => {
    const start = performance.now();
    const index = new window.storegen.Index(base);
    const { hits } = await index.find(query);
    const products = hits.filter((each) => index.isProduct(each));
    const found = await index.show(products.slice(0, 24));
    return { names: found.map(({ name }) => name), time: performance.now() - start };
}"""


class Answer(NamedTuple):
    """What a query found: whether the wanted product is among the first, with kilobytes and milliseconds."""

    language: str
    shop: str
    seen: bool
    query: str
    names: list[str]
    hit: bool
    size: float
    time: float


def main() -> None:
    """Build the shops, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--work", type=Path, required=True, help="a folder for the shops; those that are there are kept"
    )
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--seen", action="store_true", help="only the queries that may be used for tuning")
    parser.add_argument("--shops", default="demo,catalogue")
    parser.add_argument("--languages", default=",".join(SEARCH))
    parser.add_argument("--queries", type=Path, default=ROOT / "benchmarks/search_queries.yaml")
    options = parser.parse_args()
    queries: dict[str, Any] = yaml.safe_load(options.queries.read_text())
    answers: list[Answer] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for language, shop in itertools.product(options.languages.split(","), options.shops.split(",")):
            output = demo(options.work) if shop == "demo" else catalogue(options.work, language, options.products)
            base = (
                f"/{language}/{SEARCH[language]}/" if shop == "demo" and language != "en" else f"/{SEARCH[language]}/"
            )
            groups = {"seen": True} if options.seen else {"seen": True, "unseen": False}
            with served(output) as address:
                for group, seen in groups.items():
                    for query, wanted in queries[language][shop][group].items():
                        names, size, time = asked(browser, address, base, query)
                        hit = any(re.search(wanted, name.replace("\u00ad", "")) for name in names[:FIRST])
                        answers.append(Answer(language, shop, seen, query, names, hit, size, time))
        browser.close()
    report(answers)


def demo(work: Path) -> Path:
    """Return the output of the demo shop."""
    output = work / "demo"
    build(Options(ROOT, output=output, cache=work / "demo-cache"))
    return output


def catalogue(work: Path, language: str, products: int) -> Path:
    """Return the output of a made-up shop. Its names are all different."""
    folder = work / f"{language}-{products}"
    if not (folder / "content").exists():
        order, things, materials, colours = WORDS[language]
        named = len(MODELS) * len(colours.split(",")) * len(materials.split(",")) * len(things.split(","))
        models = [f"{name} {turn}" if turn else name for turn in range(products // named + 1) for name in MODELS]
        every = itertools.product(models, colours.split(","), materials.split(","), things.split(","))
        (folder / "content/products").mkdir(parents=True)
        (folder / "site.yaml").write_text(SITE.format(language=language))
        for place, (model, colour, material, thing) in enumerate(itertools.islice(every, products)):
            name = order.format(colour=colour, material=material, thing=thing, model=model)
            text = f"name: {name}\nsku: Q-{place:05}\nprice: {place % 97 + 3}.00\ndescription: {thing}, {material}.\n"
            (folder / f"content/products/p{place:05}.yaml").write_text(text)
    build(Options(folder))
    return folder / "output"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class served:  # noqa: N801 - read as a word
    """A folder on a local port."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(_Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()


def asked(browser: Browser, address: str, base: str, query: str) -> tuple[list[str], float, float]:
    """Return the names that a query finds in a new browser context, with kilobytes and milliseconds."""
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    counted = re.compile(r"/(?:search|find)\.[^/]*\.(?:js|css)$|\.bin$")
    page.on("response", lambda answer: answers.append(answer) if counted.search(answer.url) else None)
    page.goto(f"{address}{base}")
    page.wait_for_function("Boolean(window.storegen?.Index)")
    page.wait_for_load_state("networkidle")
    found = page.evaluate(ASK, [query, base])
    page.wait_for_load_state("networkidle")
    size = sum(len(answer.body()) + HEADERS for answer in answers)
    context.close()
    return found["names"], size / 1024, found["time"]


def report(answers: list[Answer]) -> None:
    """Print what each query found, then a table by language and shop."""
    for each in answers:
        mark = "+" if each.hit else "-"
        print(
            f"{mark} {each.language} {each.shop} {each.query}: {each.names[:FIRST]} {each.size:.0f} KB {each.time:.0f} ms"
        )
    print("\n| language | shop | seen | unseen | KB, median | KB, most | ms, median |\n|---|---|---|---|---|---|---|")
    for (language, shop), group in itertools.groupby(answers, key=lambda each: each[:2]):
        found = list(group)
        sizes, times = [each.size for each in found], [each.time for each in found]
        print(
            f"| {language} | {shop} | {share(found, seen=True)} | {share(found, seen=False)} "
            f"| {statistics.median(sizes):.0f} | {max(sizes):.0f} | {statistics.median(times):.0f} |"
        )
    print(f"\nseen {share(answers, seen=True)}, unseen {share(answers, seen=False)}")


def share(answers: list[Answer], *, seen: bool) -> str:
    """Return how many of the queries found what was wanted."""
    some = [each.hit for each in answers if each.seen is seen]
    return f"{sum(some)} of {len(some)}"


if __name__ == "__main__":
    main()
