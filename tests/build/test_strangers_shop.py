"""A shop's folder may come from anybody: neither its theme nor its cache runs code, or reaches files outside."""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path

import pytest

from storegen.errors import RenderError
from storegen.render import user_key
from tests.shop import Shop

ESCAPES = {
    "globals of a global": "{{ cycler.__init__.__globals__.os.popen(RUN).read() }}",
    "globals of a function": "{{ t.__globals__['__builtins__']['open'](FILE, 'w').write('x') }}",
    "filter attr": "{{ (cycler|attr('__init__'))|attr('__globals__') }}{{ 0/0 }}",
    "subscript": "{{ cycler['__init__']['__globals__'] }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class of a record": "{{ shared.__class__.__mro__ }}",
    "struct internals": "{{ shared.__struct_config__ }}",
    "format": "{{ '{0.__class__.__init__.__globals__}'.format(shared) }}",
    "format_map": "{{ '{x.__class__.__mro__}'.format_map({'x': shared}) }}",
    "format by filter": "{{ ('{0.__class__}'|attr('format'))(shared) }}",
    "format by map": "{{ ['{0.__class__.__mro__}']|map('attr', 'format')|list|first }}{{ shared.__class__ }}",
    "map by attribute": "{{ [shared]|map(attribute='__class__')|first }}",
    "sort by attribute": "{{ [shared, shared]|sort(attribute='__class__') }}",
    "groupby": "{{ ([shared]|groupby('__class__'))[0].grouper }}",
    "undefined": "{{ (nothing|default(cycler)).__init__ }}",
    "self": "{{ self.__init__.__globals__ }}",
    "macro": "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
    "loop": "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "asset's owner": "{{ asset.__self__ }}",
    "endless range": "{{ range(10000000000)|list }}",
}


@pytest.mark.parametrize("name", ESCAPES)
def test_template_reaches_no_code(name: str, five: Shop, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    template = ESCAPES[name].replace("RUN", f"'touch {ran}'").replace("FILE", f"'{ran}'")
    five.write("themes/default/fragments/footer.html", template)

    with pytest.raises(RenderError) as caught:
        five.build()

    assert "themes/default/fragments/footer.html:1: " in str(caught.value)
    assert "ZeroDivision" not in str(caught.value)
    assert not ran.exists()


@pytest.mark.usefixtures("own_templates")
def test_compiled_template_of_another_machine_is_not_run(
    five: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "stranger"))
    user_key.user_key.cache_clear()
    ran = tmp_path / "ran"
    hostile = compile(f"import os; os.makedirs({str(ran)!r}, exist_ok=True)", "page", "exec")
    data = marshal.dumps(hostile)
    with monkeypatch.context() as patch:
        patch.setattr("storegen.render.bytecode.marshal.dumps", lambda code: data)
        with suppress(RenderError):  # the stranger's own build is none
            five.build()
    cached = list((five.folder / ".storegen" / "templates").iterdir())
    assert cached
    assert ran.exists()
    ran.rmdir()

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own"))
    user_key.user_key.cache_clear()
    five.build(clean=True)
    user_key.user_key.cache_clear()

    assert not ran.exists()


def test_key_is_made_once_and_for_this_user_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    file = tmp_path / "storegen" / "key"
    first = user_key.user_key.__wrapped__()

    assert first == user_key.user_key.__wrapped__() == file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_user_without_a_home_builds_without_compiled_templates(
    five: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    user_key.user_key.cache_clear()
    five.build()
    user_key.user_key.cache_clear()

    assert not (five.folder / ".storegen" / "templates").exists()
    assert five.has("index.html")
