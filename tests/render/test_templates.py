"""What a merchant writes in a template means what Jinja says it means, and a change of a template is noticed."""

from __future__ import annotations

import datetime as dt

import jinja2
import pytest
from jinja2 import meta, nodes

from storegen.errors import RenderError
from storegen.locale import Words
from storegen.render.environment import Environment
from storegen.render.filters import make_filters, make_words
from storegen.render.markdown import MarkdownRenderer
from storegen.theme.closures import Closures
from storegen.theme.loading import Settings, Theme, load_theme
from tests.conftest import ROOT
from tests.preview import Preview
from tests.shop import Shop

WORDS: Words = {"hi": "Hi & bye", "pieces": {"one": "{count} piece", "other": "{count} pieces of {name}"}}
MACROS = (
    "{% macro row(title, note='none') %}<p>{{ title }}: {{ note }}</p>{% endmacro %}"
    "{% macro t(key) %}own {{ key }}{% endmacro %}"
    "{% macro box(title) %}<div>{{ title }}{{ caller() }}</div>{% endmacro %}"
    "{% macro each(items) %}{% for item in items %}{{ caller(item, loop.index) }}{% endfor %}{% endmacro %}"
    "{% macro all() %}{{ varargs|join('+') }} {{ kwargs|dictsort }}{% endmacro %}"
)
FROM = "{% from 'macros.html' import row, box, each, all %}"
TEMPLATES = {
    "a word": "{{ t('hi') }} {{ t('pieces', count=1) }} {{ t('pieces', count=2, name='<b>') }}",
    "a macro with names": FROM + "{{ row(title='<i>') }}{{ row('a', 'b') }}{{ row(note='x', title=1.0) }}",
    "a macro of the template": "{% macro m(x, y=2) %}<u>{{ x + y }}</u>{% endmacro %}{{ m(1) }}{{ m(1, y=1) }}",
    "a macro in a macro": FROM + "{% macro m(x) %}{{ row(title=row(x)) }}{% endmacro %}{{ m('<') }}",
    "a module": "{% import 'macros.html' as m %}{{ m.row('a') }}{{ m['row']('b') }}",
    "all arguments": FROM + "{{ all(1, *[2, 3], a=4, **{'b': 5}) }}",
    "a keyword of Python": FROM + "{{ all(class='x', for='y') }}{{ dict(lambda=1, a=2)|dictsort }}",
    "a call block": FROM + "{% call box('<') %}<b>{{ row('x') }}</b>{% endcall %}",
    "a call block in a loop": FROM
    + "{% for n in [1, 2] %}{% call(x, y) each('ab') %}{{ x }}{{ y }}{{ n }}{% endcall %}{% endfor %}",
    "t set": "{% set t = 'word' %}{{ t }}",
    "t an argument": "{% macro m(t) %}{{ t }}{{ t(a='<') if t is callable }}{% endmacro %}{{ m('<') }}{{ m(t=dict) }}",
    "t imported": "{% from 'macros.html' import t %}{{ t('<') }}",
    "t of a loop": "{% for t in ['a'] %}{{ t.upper() }}{% endfor %}{{ t('hi') }}",
    "t a macro of the template": "{% macro t(x) %}<{{ x }}>{% endmacro %}{{ t('hi') }}",
    "t of another value": "{% with t = {'hi': 'x'} %}{{ t.get('hi') }}{% endwith %}{{ t('hi') }}",
    "not escaped": FROM + "{% autoescape false %}{{ '<' }}{{ row('<') }}{{ t('hi') }}{% endautoescape %}{{ row('<') }}",
    "not escaped, then escaped": FROM + "{% autoescape false %}{{ row('<')|e }}{% endautoescape %}{{ row('<')|e }}",
    "escaped by a value": FROM + "{% set no = false %}{% autoescape no %}{{ row('<')|e }}{{ '<' }}{% endautoescape %}",
    "a call block not escaped": FROM
    + "{% autoescape false %}{% call box('<') %}<b>{{ '<' }}{% endcall %}{% endautoescape %}",
    "a method": "{{ {'b': '<'}.items()|list }}{{ 'a,b'.split(',')|join('<') }}{{ 'x'.format() }}{{ '{}'.format('<') }}",
    "a loop of its own": "{% for x in [[1, [2]]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}",
    "a namespace": "{% set n = namespace(x=1) %}{% for i in range(3) %}{% set n.x = n.x + i %}{% endfor %}{{ n.x }}",
    "a block above": "{% extends 'base.html' %}{% block main %}{{ super() }}{{ t('hi') }}{% endblock %}",
    "a block again": "{% block a %}<b>{% endblock %}{{ self.a() }}",
    "an include": "{% set x = 1 %}{% include 'part.html' %}",
    "by attribute": "{{ [{'a': 2}, {'a': 1}]|sort(attribute='a')|map(attribute='a')|join('<') }}",
    "a joiner": "{% set comma = joiner('<') %}{% for x in 'ab' %}{{ comma() }}{{ x }}{% endfor %}",
}
FAULTS = {
    "no such name": "{{ nothing() }}",
    "no function": "{{ 'text'() }}",
    "an argument too many": FROM + "{{ row(1, 2, 3) }}",
    "an argument of no name": FROM + "{{ row(title=1, colour=2) }}",
    "no caller": FROM + "{{ box('x') }}",
    "no such word": "{{ t('nothing') }}",
}
PARTS = {
    "macros.html": MACROS,
    "base.html": "<main>{% block main %}{{ t('hi') }}{% endblock %}</main>",
    "part.html": "{{ x }}{{ t('hi') }}",
}


def environment(kind: type[jinja2.Environment], templates: dict[str, str]) -> jinja2.Environment:
    made = kind(loader=jinja2.DictLoader({**PARTS, **templates}), autoescape=True, undefined=jinja2.StrictUndefined)
    made.filters.update(make_filters("en", MarkdownRenderer(), dt.UTC))
    made.globals["t"], made.globals["words"] = make_words(WORDS, "en")
    return made


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_means_what_jinja_says(name: str) -> None:
    ours, plain = (environment(kind, TEMPLATES) for kind in (Environment, jinja2.Environment))

    shown = ours.get_template(name).render()

    assert shown == plain.get_template(name).render()
    assert shown.strip()


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.filterwarnings("ignore:'str' object is not callable:SyntaxWarning")
def test_fault_in_a_template_is_told_as_jinja_tells_it(name: str) -> None:
    found = []
    for kind in (Environment, jinja2.Environment):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which one is what is compared
            environment(kind, FAULTS).get_template(name).render()
        found.append((type(caught.value), str(caught.value)))

    assert found[0] == found[1]


def test_name_that_one_template_takes_is_free_in_the_next() -> None:
    ours = environment(Environment, TEMPLATES)
    before = ours.get_template("a word").render()

    for name in TEMPLATES:
        ours.get_template(name).render()

    assert ours.get_template("a word").render() == before


def test_templates_that_a_template_names_are_those_that_jinja_finds() -> None:
    theme = load_theme(ROOT, "default", ("en",))
    closures = Closures(theme)
    for name in theme.texts:
        if name.endswith((".html", ".xml", ".txt")):
            tree = jinja2.Environment(autoescape=True).parse(theme.texts[name])
            assert set(closures._named(name)) == set(meta.find_referenced_templates(tree))
            assert closures.shares(name) >= any(each.name == "shared" for each in tree.find_all(nodes.Name))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{% include 'b.html' %}", {"b.html"}),
        ('{%-include"b.html"-%}', {"b.html"}),
        ("{%+ from 'b.html'\n   import x as y with context %}", {"b.html"}),
        ("{% import 'b.html' as b without context %}", {"b.html"}),
        ("{% include 'b.html' ignore missing %}{% extends 'c.html' +%}", {"b.html", "c.html"}),
        ("{% include name %}", {"a.html", "b.html", "c.html"}),
        ("{% include 'b' ~ '.html' %}", {"a.html", "b.html", "c.html"}),
        ("{% include 'b' '.html' %}", {"a.html", "b.html", "c.html"}),
        ("{% include 'b.html' if x %}", {"a.html", "b.html", "c.html"}),
        ("{% include ['b.html', 'd.html'] %}", {"a.html", "b.html", "c.html"}),
        ("{% include '\\x62.html' %}", {"a.html", "b.html", "c.html"}),
        ("{% if x %}{{ include }}{% endif %}", set()),
        ("{% set from = 'b.html' %}", set()),
    ],
)
def test_a_computed_name_stands_for_every_template(text: str, named: set[str]) -> None:
    texts = {"a.html": text, "b.html": "", "c.html": "", "d.css": ""}

    assert set(Closures(Theme("x", Settings(name="x"), texts, {}, {}))._named("a.html")) == named


def test_own_macro_in_place_of_the_themes_is_shown_and_its_change_noticed(five: Shop) -> None:
    own = "themes/default/components/toast/toast.html"
    five.write(own, "{% macro toast() %}<b>first</b>{% endmacro %}")
    five.build()
    assert "<b>first</b>" in five.text("products/rope-ring/index.html")

    five.edit(own, "first", "second")
    report = five.build()

    assert "products/rope-ring/index.html" in {change.output.path for change in report.made}
    assert "<b>second</b>" in five.text("products/rope-ring/index.html")
    five.remove(own)
    five.build()
    assert "<b>second</b>" not in five.text("products/rope-ring/index.html")


def test_changed_import_of_an_import_is_noticed_by_the_preview(preview: Preview) -> None:
    for text in ("first", "second"):
        preview.shop.write(
            "themes/default/components/toast/toast.html", f"{{% macro toast() %}}{text} toast{{% endmacro %}}"
        )
        preview.wait_for(f"{text} toast", "/products/rope-ring/")


def test_broken_template_is_compiled_and_told_once(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compiles = Environment.compile

    def compile_(self: Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return compiles(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", compile_)
    five.write(
        "themes/default/components/gallery/gallery.html",
        "{% macro gallery() %}\n{% if %}{% endmacro %}",
    )

    with pytest.raises(RenderError) as caught:
        five.build()

    first, *others = str(caught.value).splitlines()
    assert first == (
        "themes/default/components/gallery/gallery.html:2: Expected an expression, got 'end of statement block' "
        "(while making products/ball-studs/index.html and 4 others)"
    )
    assert not [line for line in others if "html" in line]
    assert compiled.count("components/gallery/gallery.html") == 1
