"""The providers of payment links, each as one record: the form of its links, their parameters and limits."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.checkout.links import Embed, LinkKind, Parameter
from storegen.checkout.protocol import Facts
from storegen.checkout.refusals import PRICE_AND_CODES

_KEPT_THERE = "the provider stores the price; the build compares `price:` with the price in the shop"

# Languages of Stripe's pages (https://docs.stripe.com/js/appendix/supported_locales, 2026-04).
_STRIPE_LANGUAGES = frozenset(
    (
        "bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk "
        "sl sv th tr vi zh zh-HK zh-TW"
    ).split()
)

STRIPE = LinkKind(
    name="stripe",
    title="Stripe",
    link=r"https://buy\.stripe\.com/[A-Za-z0-9_]+",
    example="https://buy.stripe.com/…",
    made="make one in Stripe's dashboard under Payment Links",
    command="storegen pay links stripe",
    # Stripe ignores invalid values silently (https://docs.stripe.com/payment-links/url-parameters, 2026-04).
    parameters=(
        Parameter(name="client_reference_id", source="sku", longest=200),
        Parameter(name="prefilled_promo_code", source="code", signs="A-Za-z0-9", longest=500),
        Parameter(name="locale", source="language", values=_STRIPE_LANGUAGES),
    ),
    tags="",
    # https://docs.stripe.com/payment-links/buy-button, 2026-04
    embed=Embed(
        kind="stripe",
        id=r"buy_btn_[A-Za-z0-9]+",
        id_example="buy_btn_…",
        key=r"pk_(?:test|live)_[A-Za-z0-9]+",
        key_example="the publishable key of Stripe's dashboard, which begins with pk_test_ or pk_live_",
        setting="publishable_key",
        scripts=("https://js.stripe.com/v3/buy-button.js",),
        attributes={"buy-button-id": "{id}", "publishable-key": "{key}", "client-reference-id": "{sku}"},
        origins={"script-src": ("https://js.stripe.com",), "frame-src": ("https://js.stripe.com",)},
        codes=False,
    ),
    facts=Facts(
        title="Stripe payment links and buy buttons",
        cart="no: one link sells one article",
        options="one link for each variant",
        coupon="links: yes, `code:` is filled in if the link allows promotion codes; buttons: no",
        protection=_KEPT_THERE,
        test_mode="links to `buy.stripe.com/test_…`, or a key `pk_test_…`",
        without_script="links: yes; buttons: no",
        source="docs.stripe.com/payment-links, 2026-04",
        offers=PRICE_AND_CODES,
        steps=3,
        minutes=10,
    ),
)

PAYPAL = LinkKind(
    name="paypal",
    title="PayPal",
    link=r"https://www\.(?:sandbox\.)?paypal\.com/ncp/payment/[A-Za-z0-9_-]+",
    example="https://www.paypal.com/ncp/payment/…",
    made="make one at PayPal under Payment Links and Buttons",
    # The page of a saved button. PayPal's script for the button adds an inline script, which the policy blocks.
    ids=r"[A-Z0-9]{8,20}",
    template="https://www.paypal.com/ncp/payment/{}",
    parameters=(),
    facts=Facts(
        title="PayPal payment links and saved buttons",
        cart="no: one link sells one article",
        options="one link for each variant, or options that you set up at PayPal",
        coupon="no",
        protection=_KEPT_THERE,
        test_mode="links to `www.sandbox.paypal.com/ncp/payment/…`",
        without_script="yes",
        source="developer.paypal.com/payment-links-buttons, 2026-06",
        offers=("sale",),
        steps=3,
        minutes=90,
    ),
)

SQUARE = LinkKind(
    name="square",
    title="Square",
    link=r"https://(?:sandbox\.)?square\.link/u/[A-Za-z0-9_-]+|https://checkout\.square\.site/[A-Za-z0-9/_-]+",
    example="https://square.link/u/…",
    made="make one in Square's dashboard under Payment links",
    facts=Facts(
        title="Square payment links",
        cart="no: one link sells one article",
        options="one link for each variant",
        coupon="yes, the buyer types it on Square's page if the link allows coupons",
        protection=_KEPT_THERE,
        test_mode="links to `sandbox.square.link/u/…`",
        without_script="yes",
        source="developer.squareup.com/docs/checkout-api, 2026",
        offers=PRICE_AND_CODES,
        steps=3,
        minutes=90,
    ),
)

GUMROAD = LinkKind(
    name="gumroad",
    title="Gumroad",
    link=r"https://(?:[a-z0-9-]+\.)?gumroad\.com/l/[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)?",
    example="https://you.gumroad.com/l/…",
    made="make a product at Gumroad and copy its link (with /CODE at its end for a discount code)",
    # Other parameters are returned in the seller's ping as url_params (https://gumroad.com/ping, read 2026-11).
    parameters=(Parameter(name="article", source="sku"),),
    always=(("wanted", "true"),),
    tags="",
    facts=Facts(
        title="Gumroad",
        cart="not in the shop; Gumroad has its own cart",
        options="one link for each variant, or versions that you set up at Gumroad",
        coupon="yes, as the last part of the link: `/l/ring/SPRING10`",
        protection=_KEPT_THERE,
        test_mode="buy your own product while signed in at Gumroad",
        without_script="yes",
        source="gumroad.com/ping and gumroad.com/widgets, 2026",
        offers=PRICE_AND_CODES,
        steps=3,
        minutes=90,
    ),
)

LEMON_SQUEEZY = LinkKind(
    name="lemonsqueezy",
    title="Lemon Squeezy",
    # /checkout/?cart=… is for one buyer and must not be published (https://docs.lemonsqueezy.com, read 2026-11).
    link=r"https://[a-z0-9-]+\.lemonsqueezy\.com/(?:checkout/)?buy/[A-Za-z0-9-]+",
    example="https://your-store.lemonsqueezy.com/buy/…",
    made="open the product's variant at Lemon Squeezy and copy its checkout link",
    parameters=(
        Parameter(name="checkout[custom][article]", source="sku"),
        Parameter(name="checkout[discount_code]", source="code", signs="A-Za-z0-9", longest=256),
    ),
    facts=Facts(
        title="Lemon Squeezy",
        cart="no: one link sells one article",
        options="one link for each variant",
        coupon="yes, `code:` is applied on the payment page",
        protection=_KEPT_THERE,
        test_mode="links made in the store's test mode",
        without_script="yes",
        source="docs.lemonsqueezy.com/help/checkout, 2026",
        offers=PRICE_AND_CODES,
        steps=2,
        minutes=90,
    ),
)

PADDLE = LinkKind(
    name="paddle",
    title="Paddle",
    link=r"https://(?:sandbox-)?pay\.paddle\.io/(?:checkout/)?hsc_[A-Za-z0-9_]+(?:\?price_id=pri_[a-z0-9]+)?",
    example="https://pay.paddle.io/hsc_…?price_id=pri_…",
    made="make a hosted checkout at Paddle under Checkout, or name the id of a price",
    parameters=(Parameter(name="discount_code", source="code", signs="A-Za-z0-9", longest=32),),
    # https://developer.paddle.com/paddlejs/overview, read 2026-11
    embed=Embed(
        kind="paddle",
        id=r"pri_[a-z0-9]{10,}",
        id_example="pri_…",
        key=r"(?:test|live)_[a-z0-9]{20,}",
        key_example="Paddle's client-side token (Developer tools, Authentication), which begins with test_ or live_",
        setting="token",
        scripts=("https://cdn.paddle.com/paddle/v2/paddle.js",),
        attributes={
            "price": "{id}",
            "token": "{key}",
            "article": "{sku}",
            "locale": "{language}",
            "code": "{code}",
        },
        origins={
            "script-src": ("https://cdn.paddle.com",),
            "style-src": ("https://cdn.paddle.com", "https://sandbox-cdn.paddle.com"),
            "connect-src": ("https://*.paddle.com",),
            "frame-src": ("https://buy.paddle.com", "https://sandbox-buy.paddle.com"),
        },
        codes=True,
    ),
    facts=Facts(
        title="Paddle prices and hosted checkouts",
        cart="no: one button sells one article",
        options="one price for each variant",
        coupon="yes, `code:` is applied on the payment page",
        protection=_KEPT_THERE,
        test_mode="the sandbox: links to `sandbox-pay.paddle.io`, or a token that begins with `test_`",
        without_script="links: yes; prices: no",
        source="developer.paddle.com/paddlejs, 2026",
        offers=PRICE_AND_CODES,
        steps=2,
        minutes=90,
    ),
)

OWN = LinkKind(
    name="link",
    title="The shop",
    link=r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::[0-9]+)?(?:/[^\s<>\"'\\]*)?",
    example="https://pay.example.com/…",
    made="make one at your provider (Toss, KakaoPay, Midtrans, Paytrail and many banks offer them)",
    facts=Facts(
        title="Any payment link of your own",
        cart="no: one link sells one article",
        options="one link for each variant",
        coupon="depends on your provider",
        protection=_KEPT_THERE,
        test_mode="depends on your provider",
        without_script="yes",
        source="no provider's: any https address is taken",
        offers=("sale",),
        steps=3,
        minutes=90,
    ),
)

LINK_KINDS: Mapping[str, LinkKind] = {
    kind.name: kind for kind in (STRIPE, PAYPAL, SQUARE, GUMROAD, LEMON_SQUEEZY, PADDLE, OWN)
}
