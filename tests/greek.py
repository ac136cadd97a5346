"""A shop whose own words are all Greek, with every kind of page. Latin words on its pages come from storegen."""

from __future__ import annotations

from storegen.model.sections import SECTIONS
from tests.shop import png

SITE = """\
name: Ασημένιο
url: https://shop.example
tagline: Ασήμι για κάθε μέρα
languages: [LANGUAGE]
currency: EUR
timezone: Europe/Helsinki
company:
  legal_name: Ασημένιο ΕΕ
  business_id: 0000000-0
  vat_id: FI00000000
  founded: "1998"
  street: Οδός 1
  postcode: "00100"
  city: Ελσίνκι
  country: FI
  email: a@shop.example
  phone: +358 19 000 0000
  map: https://maps.example/
  hours: {Mon-Fri: 10:00-17:00, Sat: 10:00-15:00, Sun: closed}
  closed: [{day: 2026-12-24, until: 2026-12-26, name: Γιορτές}]
tax: {rates: {standard: 25.5, reduced: 14}}
delivery:
  dispatch: {before: 14:00, days: Mon-Fri, place: Ελσίνκι}
  methods:
    - {id: post, name: Δέμα, carrier: Ταχυδρομείο, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}
    - {id: fetch, name: Παραλαβή, price: 0, days: "1", countries: [FI]}
    - id: eu
      name: Εξωτερικό
      price: 12.90
      days: 3-7
      countries: [AT, BE, DE, EE, SE, KR]
returns: {days: 30, countries: [FI, SE], fee: customer, free_in: [FI], method: by_mail, conditions: Αφόρετο.}
answer_hours: 24
channels:
  - {kind: email, value: a@shop.example}
  - {kind: phone, value: +358 19 000 0000}
  - {kind: visit, value: Οδός 1}
promises:
  delivery:
    title: "Σε {delivery_days} μέρες"
    text: "Πριν τις {send_before}. {delivery_price}, {free_from}."
    icon: parcel
  hallmark: {title: Σφραγίδα, text: Πάντα., icon: hallmark}
payments: [Κάρτα]
checkout:
  provider: order
  order: {email: a@shop.example, instructions: Στείλτε το.}
tracking:
  thanks: yes
  analytics: {matomo: {url: "https://count.example/", site: 1}, meta: {id: "123456789012345"}}
  carriers: [posti, ups, 17track]
  steps: [{title: Πρώτα, text: Μετά.}]
  faq: [{title: Τίποτα, text: Γράψτε μας.}]
menu: [category:rings, guides, blog]
legal: [page:privacy]
footer: {}
feeds: [google]
"""

RING = """\
name: Δαχτυλίδι
sku: RG-014
category: [rings, silver]
price: 59.00
summary: Τρία σύρματα.
images:
  - {file: media/a.png, alt: Σχέδιο}
  - {file: media/b.png, alt: Άλλο}
options: {Μέγεθος: [16, 17, 18], Χρώμα: [Μαύρο, Λευκό]}
variants:
  - {sku: RG-014-16, options: {Μέγεθος: 16, Χρώμα: Μαύρο}, stock: 4}
  - {sku: RG-014-17, options: {Μέγεθος: 17, Χρώμα: Μαύρο}, stock: 2, price: 69.00}
  - {sku: RG-014-18, options: {Μέγεθος: 18, Χρώμα: Λευκό}, stock: 0}
specs: {Μέταλλο: Ασήμι}
care: Σκουπίστε το.
guides: [size]
questions: [{question: Γιατί;, answer: Επειδή.}]
description: |
  Χωρίς ακμή.

  ## Πώς

  ![](product:band)
"""

FILES: dict[str, str | bytes] = {
    "content/media/a.png": png("silver", 400, 300),
    "content/media/b.png": png("grey", 400, 300),
    "content/categories/rings.yaml": "name: Δαχτυλίδια\nsummary: Σφυρήλατα.\nfaq: [{title: Γιατί;, text: Έτσι.}]\n",
    "content/categories/silver.yaml": "name: Ασήμι\norder: 2\n",
    "content/categories/empty.yaml": "name: Άδειο\n",
    "content/products/ring.yaml": RING,
    "content/products/band.yaml": "name: Βέρα\nsku: A-1\ncategory: rings\nprice: 49.00\nstock: 9\n",
    "content/products/sold.yaml": "name: Έξω\nsku: A-2\ncategory: rings\nprice: 45.00\nstock: 0\n",
    "content/products/few.yaml": "name: Λίγα\nsku: A-3\ncategory: rings\nprice: 29.00\nstock: 2\n",
    "content/products/digital.yaml": "name: Αρχείο\nsku: A-4\ncategory: silver\nprice: 12.00\ndelivery: {digital: yes}\n",
    "content/products/made.yaml": (
        "name: Παραγγελία\nsku: A-5\ncategory: rings\nprice: 80.00\navailability: made_to_order\ndelivery: {make_days: 5-7}\n"
    ),
    "content/products/soon.yaml": (
        "name: Σύντομα\nsku: A-6\ncategory: rings\nprice: 80.00\navailability: preorder\navailable_from: 2026-12-20\n"
    ),
    "content/products/back.yaml": "name: Πάλι\nsku: A-7\ncategory: rings\nprice: 80.00\navailability: backorder\n",
    "content/products/oil.yaml": (
        "name: Λάδι\nsku: A-8\ncategory: silver\nprice: 8.00\nstock: 5\nunit_price: {content: 2 piece, per: 1 piece}\n"
    ),
    "content/offers/sale.yaml": (
        "kind: sale\nname: Προσφορά\nproducts: [band]\npercent: 20\nstarts: 2026-11-01\nends: 2026-12-24\ntext: Τώρα.\nterms: Όροι.\npage: yes\n"
    ),
    "content/offers/code.yaml": (
        "kind: coupon\nname: Κωδικός\neverything: yes\npercent: 10\ncode: ABC10\nmin_total: 40.00\nstarts: 2026-11-01\n"
        "ends: 2027-01-06\ntext: Για σας.\npage: yes\n"
    ),
    "content/offers/volume.yaml": (
        "kind: volume\nname: Πολλά\nproducts: [few]\ntiers: [{count: 3, percent: 10}, {count: 6, percent: 15}]\n"
    ),
    "content/offers/add.yaml": "kind: add_on\nname: Μαζί\ncategories: [rings]\nreduced: [digital]\npercent: 30\n",
    "content/offers/bundle.yaml": "kind: bundle\nname: Σετ\nproducts: [few, band]\npercent: 10\n",
    "content/offers/gift.yaml": "kind: gift\nname: Δώρο\neverything: yes\ngift: few\nmin_total: 80.00\npage: yes\n",
    "content/offers/free.yaml": "kind: free_delivery\nname: Δωρεάν\nmin_total: 90.00\n",
    "content/reviews/all.yaml": "".join(
        f"- {{product: ring, rating: {4 + n % 2}, text: Ωραίο {n}., name: Λένα, date: 2026-10-{n + 1:02}"
        f"{', reply: {text: Ευχαριστούμε., by: Άννα, date: 2026-10-20}' if n == 0 else ''}}}\n"
        for n in range(9)
    ),
    "content/endorsements/press.yaml": (
        "{kind: press, name: Εφημερίδα, quote: Καλό., link: https://press.example/, date: 2026-01-01}\n"
    ),
    "content/people/aino.md": "---\nname: Άννα Σάλμελα\nrole: Τεχνίτρια\nemail: a@shop.example\n---\nΈμαθε.\n",
    "content/guides/size.md": (
        "---\ntitle: Μέτρηση\nsummary: Πώς.\nauthor: aino\ndate: 2026-11-01\nchecked: 2026-11-05\nproducts: [ring]\n"
        "sidenotes: [{title: Σύντομα, text: Έτσι.}]\n---\n## Πρώτα\n\nΧαρτί.\n\n## Μετά\n\nΨαλίδι.\n\n## Τέλος\n\nΝαι.\n\n![](product:ring)\n"
    ),
    "content/guides/care.md": "---\ntitle: Φροντίδα\ndate: 2026-11-02\n---\n## Τι\n\nΑυτό.\n",
    "content/blog/news.md": "---\ntitle: Νέα\ndate: 2026-11-01\nauthor: aino\n---\nΤίποτα.\n",
    "content/pages/home.yaml": (
        "title: Ασήμι\nsections:\n  - promise: [delivery, hallmark]\n  - collections: {}\n  - featured: {title: Λίγα, products: [ring, band]}\n"
        "  - guides: {title: Οδηγοί, guides: [size]}\n  - testimonials: {title: Λόγια, reviews: 2, press: 1}\n  - offer: {id: code}\n"
    ),
    "content/pages/contact.md": "---\ntitle: Επαφή\nlayout: contact\npeople: [aino]\nquestions: [{question: Πού;, answer: Εδώ.}]\n---\nΓράψτε.\n",
    "content/pages/delivery.md": "---\ntitle: Παράδοση\nlayout: delivery\nchecked: 2026-11-16\n---\nΈτσι.\n",
    "content/pages/returns.md": "---\ntitle: Επιστροφές\nlayout: returns\n---\nΈτσι.\n",
    "content/pages/about.md": "---\ntitle: Εμείς\nlayout: about\n---\nΕμείς.\n",
    "content/pages/privacy.md": "---\ntitle: Απόρρητο\n---\nΤίποτα.\n",
    "content/redirects.yaml": "/old/: /rings/\n",
    **{
        f"content/products/more-{n}.yaml": (
            f"name: Κρίκος {n}\nsku: B-{n}\ncategory: [rings, kind-{n % 8}]\nprice: {30 + n}.00\nstock: 9\n"
        )
        for n in range(26)
    },
    **{f"content/categories/kind-{n}.yaml": f"name: Είδος {n}\n" for n in range(8)},
}


def greek(language: str) -> dict[str, str | bytes]:
    """Return the shop's files. Its first and only language is *language*, its own words are Greek.

    Its addresses have the English names in every language, so that tests find the pages.
    """
    names = ", ".join(f"{name}: {name}" for name in SECTIONS.values())
    return {**FILES, "site.yaml": SITE.replace("LANGUAGE", language) + f"addresses: {{{names}}}\n"}
