"""Fetching pictures, from a server on this machine that does what real ones do."""

from __future__ import annotations

import io
import socket
import sys
from collections.abc import Callable
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from storegen.importers import hosts
from storegen.importers.downloads import DownloadError, Fetched, Patience, fetch_all, fetch_picture
from storegen.importers.formats import picture_ending
from storegen.importers.hosts import HostPolicy, host_name, is_public
from tests.importing import Importing, PictureServer
from tests.shop import png

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
JPEG = b"\xff\xd8\xff" + b"x" * 100
PATIENCE = Patience(answer=0.5, whole=0.5)
HERE = HostPolicy(allowed=frozenset(("127.0.0.1",)))


@pytest.fixture
def server(picture_server: PictureServer) -> str:
    """Return the address of a server on this machine with some files."""
    picture_server.files.update(
        {"/a.png": PNG, "/b.jpg": JPEG, "/s%C3%B5rmus.png": PNG, "/page": b"<html>", "/empty": b""}
    )
    return picture_server.address


def fault(address: str, limit: int = 1000) -> str:
    with pytest.raises(DownloadError) as error:
        fetch_picture(address, hosts=HERE, patience=PATIENCE, limit=limit)
    return str(error.value)


def test_picture_is_known_by_its_first_bytes_whatever_its_name(server: str) -> None:
    assert fetch_picture(f"{server}/a.png?v=1", hosts=HERE) == Fetched(f"{server}/a.png?v=1", PNG, ".png")
    assert fetch_picture(f"{server}/b.jpg", hosts=HERE).ending == ".jpg"
    assert fetch_picture(f"{server}/sõrmus.png", hosts=HERE).ending == ".png"


def test_redirect_is_followed_to_the_picture(server: str) -> None:
    assert fetch_picture(f"{server}/moved", hosts=HERE).data == PNG


@pytest.mark.parametrize("path", ["/file", "/ftp"])
def test_redirect_out_of_the_web_is_refused(server: str, path: str) -> None:
    assert fault(server + path) == "the address, or one that it leads to, is not an http or https address"


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/a.png", "data:image/png;base64,AA", "a.png"]
)
def test_only_addresses_on_the_web_are_fetched(address: str) -> None:
    assert fault(address) == "the address, or one that it leads to, is not an http or https address"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop", "more than 5 redirects"),
        ("/none", "the server answered 404"),
        ("/page", "what came is not a JPEG, PNG, WebP, AVIF or GIF picture"),
        ("/empty", "what came is not a JPEG, PNG, WebP, AVIF or GIF picture"),
        ("/slow", "the connection broke: timed out"),
    ],
)
def test_what_can_not_be_fetched_says_why(server: str, path: str, message: str) -> None:
    assert fault(server + path) == message


def test_picture_larger_than_the_limit_is_refused(server: str) -> None:
    assert fault(f"{server}/a.png", limit=50) == "the picture is larger than 50 bytes"


def test_server_that_is_not_there_is_an_error_and_no_traceback() -> None:
    assert fault("http://127.0.0.1:1/a.png").startswith("the server can't be reached")


def test_many_come_in_order_and_failures_among_them(server: str) -> None:
    addresses = [f"{server}/{name}" for name in ("a.png", "none", "b.jpg", "moved", "page", "a.png")]
    found = list(fetch_all(addresses, hosts=HERE, patience=PATIENCE))
    assert [each.address for each in found] == addresses
    assert [bool(each.data) for each in found] == [True, False, True, True, False, True]


@pytest.mark.parametrize(
    ("start", "ending"),
    [
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"GIF89a", ".gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ".webp"),
        (b"\x00\x00\x00\x20ftypavif", ".avif"),
        (b"<svg xmlns=", ""),
        (b"", ""),
    ],
)
def test_first_bytes_of_each_format(start: bytes, ending: str) -> None:
    assert picture_ending(start) == ending


# Hosts


def answers(*places: str) -> Callable[..., list[tuple[Any, ...]]]:
    """Return a resolver that gives the next of some addresses each time, the last one for ever."""
    waiting = list(places)

    def resolve(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        place = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        family = socket.AF_INET6 if ":" in place else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (place, port))]

    return resolve


@pytest.mark.parametrize(
    "place",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.192", "198.18.0.1", "203.0.113.5"),  # noqa: S104 - nothing is bound
        *("100.100.100.200", "168.63.129.16", "192.88.99.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "5f00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::", "2001::80ff:fefe"),
        *("", "localhost", "1.2.3"),
    ],
)
def test_address_of_this_machine_or_its_networks_is_not_public(place: str) -> None:
    assert not is_public(place)


@pytest.mark.parametrize("place", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_address_of_the_internet_is_public(place: str) -> None:
    assert is_public(place)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0"],
)
def test_inner_host_is_not_asked_however_it_is_written(picture_server: PictureServer, host: str) -> None:
    port = picture_server.address.rpartition(":")[2]
    with pytest.raises(DownloadError) as error:
        fetch_picture(f"http://{host}:{port}/a.png", patience=PATIENCE)
    assert str(error.value) == (
        f"{host.strip('[]').rstrip('.')} is this machine or one of its own networks, which an export may not ask; "
        f"if the pictures are there, add --allow-host {host.strip('[]').rstrip('.')}"
    )
    assert picture_server.asked == []


def test_number_of_the_next_version_is_no_host_of_a_shop(picture_server: PictureServer) -> None:
    port = picture_server.address.rpartition(":")[2]
    with pytest.raises(DownloadError, match="not an http or https address"):
        fetch_picture(f"http://[::1]:{port}/a.png", patience=PATIENCE)
    assert picture_server.asked == []


def test_name_that_leads_inside_is_not_asked(picture_server: PictureServer) -> None:
    port = picture_server.address.rpartition(":")[2]
    with pytest.raises(DownloadError, match=r"^pictures\.example is this machine or one of its own networks"):
        fetch_picture(
            f"http://Pictures.Example:{port}/a.png", hosts=HostPolicy(resolve=answers("127.0.0.1")), patience=PATIENCE
        )
    assert picture_server.asked == []


def test_name_of_which_one_address_is_inside_is_not_asked() -> None:
    def resolve(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:
        return [*answers("8.8.8.8")(host, port), *answers("10.0.0.1")(host, port)]

    with pytest.raises(DownloadError, match="its own networks"):
        fetch_picture("http://pictures.example/a.png", hosts=HostPolicy(resolve=resolve), patience=PATIENCE)


def test_redirect_to_an_inner_host_is_not_followed(server: str, picture_server: PictureServer) -> None:
    assert fault(f"{server}/inside").startswith("localhost is this machine or one of its own networks")
    assert picture_server.asked == ["/inside"]
    both = HostPolicy(allowed=frozenset(("127.0.0.1", "localhost")))
    assert fetch_picture(f"{server}/inside", hosts=both).data == PNG


def test_connection_goes_to_the_address_that_was_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "is_public", lambda place: place == "127.0.0.1")
    monkeypatch.setattr(hosts, "_check_peer", lambda *_: None)
    changing = HostPolicy(resolve=answers("127.0.0.1", "10.0.0.1"))

    port = server.rpartition(":")[2]

    assert fetch_picture(f"http://pictures.example:{port}/a.png", hosts=changing, patience=PATIENCE).data == PNG


def test_public_address_of_this_machine_itself_is_not_asked(
    picture_server: PictureServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "is_public", lambda place: True)
    with pytest.raises(DownloadError, match="is this machine"):
        fetch_picture(f"{picture_server.address}/a.png", patience=PATIENCE)
    assert picture_server.asked == []


def test_proxy_is_not_asked_for_an_inner_host(
    server: str, picture_server: PictureServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", server)
    inner, outer = HostPolicy(resolve=answers("10.0.0.1")), HostPolicy(resolve=answers("8.8.8.8"))
    with pytest.raises(DownloadError, match="its own networks"):
        fetch_picture("http://pictures.example/a.png", hosts=inner, patience=PATIENCE)
    assert picture_server.asked == []
    assert fetch_picture("http://pictures.example/a.png", hosts=outer, patience=PATIENCE).data == PNG
    assert picture_server.asked == ["http://pictures.example/a.png"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://user:secret@pictures.example/a.png", "the address contains a user name or password"),
        ("http://public.example@127.0.0.1/a.png", "the address contains a user name or password"),
        (
            "http://pictures.example:22/a.png",
            "port 22 is not one of the web; if it is right, add --allow-host pictures.example",
        ),
        ("gopher://pictures.example/a.png", "the address, or one that it leads to, is not an http or https address"),
    ],
)
def test_address_that_no_shop_gives_is_refused(address: str, message: str) -> None:
    with pytest.raises(DownloadError) as error:
        fetch_picture(address, hosts=HostPolicy(resolve=answers("8.8.8.8")), patience=PATIENCE)
    assert str(error.value) == message


def test_tls_is_asked_for_where_the_address_says_https(server: str) -> None:
    assert fault(server.replace("http:", "https:") + "/a.png").startswith("the server can't be reached: ")


def test_hosts_are_compared_without_case_brackets_and_closing_dot() -> None:
    assert [host_name(each) for each in ("Shop.Example.", "[::1]", "sõrmus.example")] == [
        "shop.example",
        "::1",
        "xn--srmus-dua.example",
    ]


def test_command_asks_inner_hosts_only_where_they_are_named(
    importing: Importing, picture_server: PictureServer
) -> None:
    picture_server.files["/admin"] = png("red")
    text = f"Handle,Title,Variant Price,Image Src\nevil,Evil,5,{picture_server.address}/admin?delete=all\n"

    done = importing.run("shopify", text, "--download")

    assert (done.code, picture_server.asked) == (0, [])
    assert "evil (line 2): left out: a picture: 127.0.0.1 is this machine or one of its own networks" in done.out
    assert "images" not in importing.product("evil")

    importing.run("shopify", text, "--download", "--replace", "--allow-host", "127.0.0.1")

    assert picture_server.asked == ["/admin?delete=all"]
    assert "images: [media/imported/evil-1.png]\n" in importing.product("evil")
    assert importing.run("shopify", text, "--allow-host", "http://127.0.0.1/").code == 2


def test_downloaded_pictures_are_not_replaced_with_addresses(
    importing: Importing, picture_server: PictureServer
) -> None:
    picture_server.files["/a.png"] = png("red")
    text = (
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Variant Image\n"
        f"ring,Ring,Size,S,R-S,5,{picture_server.address}/a.png,{picture_server.address}/a.png\nring,,,M,R-M,5,,\n"
    )
    importing.run("shopify", text, "--download", "--allow-host", "127.0.0.1")
    before = importing.product("ring")
    assert before.count("media/imported/ring-1.png") == 2

    done = importing.run("shopify", text.replace(",5,", ",6,"), "--replace")

    assert importing.product("ring") == before.replace("price: 5", "price: 6")
    assert "pictures still lie" not in done.out
    picture_server.files.clear()
    importing.run("shopify", text, "--replace", "--download", "--allow-host", "127.0.0.1")
    assert importing.product("ring") == before


# Formats that browsers don't show


def heic() -> bytes:
    stream = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (40, 30), "red")).save(stream)
    return stream.getvalue()


def saved(form: str, mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (40, 30)).save(stream, form)
    return stream.getvalue()


def test_heic_is_converted_whatever_its_name(importing: Importing, picture_server: PictureServer) -> None:
    picture_server.files.update({"/a.heic": heic(), "/b.jpg": heic(), "/c": heic()})
    at = picture_server.address
    text = (
        "Handle,Title,Body (HTML),Variant Price,Image Src\n"
        f"ring,Ring,<p>See <img src='{at}/c'></p>,5,{at}/a.heic\nring,,,,{at}/b.jpg\n"
    )

    importing.run("shopify", text, "--download", "--allow-host", "127.0.0.1")
    importing.shop.build()

    for number in (1, 2, 3):
        path = importing.shop.folder / f"content/media/imported/ring-{number}.jpg"
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("JPEG", (40, 30))
    assert ".heic" not in importing.shop.text("products/ring/index.html")


def test_heic_without_the_extra_is_left_out_with_its_name(
    importing: Importing, picture_server: PictureServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    picture_server.files.update({"/a": heic(), "/b.png": png("red")})
    at = picture_server.address
    text = f"Handle,Title,Variant Price,Image Src\nring,Ring,5,{at}/a\nring,,,{at}/b.png\n"

    done = importing.run("shopify", text, "--download", "--allow-host", "127.0.0.1")

    said = "ring (line 2): left out: a picture: browsers don't show HEIC pictures; to convert them: "
    assert f"{said}pip install 'storegen[heic]': {at}/a" in done.out
    assert "images: [media/imported/ring-1.png]\n" in importing.product("ring")


def test_picture_that_browsers_do_not_show_is_left_out_without_download_too(importing: Importing) -> None:
    text = (
        "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Variant Image\n"
        "ring,Ring,<p>A</p><img src='https://x.example/1.HEIF'><p>B</p>,Size,S,A,5,https://x.example/a.heic?v=1,"
        "https://x.example/c.tiff\n"
        "ring,,,,M,B,5,https://x.example/b.jpg,\nring,,,,,,,https://x.example/d.mp4?v=2,\nring,,,,,,,https://x.example/e.PDF,\n"
    )

    done = importing.run("shopify", text)
    importing.shop.build()

    assert "left out: a picture of a format that browsers don't show; import with --download to convert it" in done.out
    assert "images: [https://x.example/b.jpg]\n" in importing.product("ring").replace("\n  - ", " [").replace(
        "b.jpg\n", "b.jpg]\n"
    )
    page = importing.shop.text("products/ring/index.html")
    assert not any(each in page for each in (".heic", ".HEIF", ".tiff", ".mp4", ".PDF"))


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (saved("TIFF"), ".jpg"),
        (saved("TIFF", "RGBA"), ".png"),
        (saved("TIFF", "CMYK"), ".jpg"),
        (saved("BMP"), ".jpg"),
        (saved("JPEG2000"), ".jpg"),
    ],
)
def test_other_formats_are_converted(picture_server: PictureServer, data: bytes, ending: str) -> None:
    picture_server.files["/a.png"] = data
    fetched = fetch_picture(f"{picture_server.address}/a.png", hosts=HERE)
    assert (fetched.ending, picture_ending(fetched.data)) == (ending, ending)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (heic()[:300], "the HEIC picture is damaged"),
        (saved("TIFF")[:40], "the TIFF picture is damaged"),
        (saved("TIFF", "I;16"), "the TIFF picture has more than 8 bits a channel; save it as JPEG or PNG"),
        (b"8BPS\0\1", "browsers don't show Photoshop pictures; save it as JPEG or PNG"),
        (b"\xff\x0a\0\0", "browsers don't show JPEG XL pictures; save it as JPEG or PNG"),
    ],
)
def test_picture_that_can_not_be_converted_says_why(picture_server: PictureServer, data: bytes, message: str) -> None:
    picture_server.files["/a.png"] = data
    assert fault(f"{picture_server.address}/a.png", limit=10_000) == message


def test_picture_of_too_many_pixels_is_not_decoded(picture_server: PictureServer) -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(stream, "TIFF", compression="group4")
    picture_server.files["/a.tif"] = stream.getvalue()
    assert fault(f"{picture_server.address}/a.tif", limit=10**6) == "the TIFF picture has more than 100 megapixels"
