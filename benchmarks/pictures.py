"""Photographs to three widths: storegen's build beside a plain loop over Pillow that makes the same files."""

from __future__ import annotations

import argparse
import importlib
import io
import shutil
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

WIDTHS = (400, 800, 1600)
QUALITY = 84
THEME = Path(__file__).parent / "theme"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True, help="folder with catalogue.py")
    parser.add_argument("--work", type=Path, default=Path("bench-work"))
    parser.add_argument("--photos", type=int, default=200)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.catalogue.resolve()))
    catalogue = importlib.import_module("catalogue")
    site = arguments.work.resolve() / "pictures"
    shutil.rmtree(site, ignore_errors=True)
    _write_site(site, arguments.photos)
    catalogue.write_photos(str(site / "content" / "media"), arguments.photos)
    loop = _time(lambda: _loop(site / "content" / "media"))
    cold = _time(lambda: _build(site))
    made = {path.suffix: len(list((site / "output" / "media").glob(f"*{path.suffix}"))) for path in _media(site)}
    assert set(made.values()) == {len(WIDTHS) * arguments.photos}, made
    before = {path: path.stat().st_mtime_ns for path in _media(site)}
    again = _time(lambda: _build(site))
    assert before == {path: path.stat().st_mtime_ns for path in _media(site)}, "a second build made pictures"
    print(f"{arguments.photos} photographs, {len(WIDTHS)} widths, WebP and JPEG, quality {QUALITY}\n")
    print("| what | wall s | x loop |\n|---|---|---|")
    for name, seconds in (("plain loop", loop), ("storegen, first build", cold), ("storegen, second build", again)):
        print(f"| {name} | {seconds:.2f} | {seconds / loop:.2f} |")


def _media(site: Path) -> list[Path]:
    return sorted((site / "output" / "media").iterdir())


def _write_site(site: Path, photos: int) -> None:
    """Write a shop whose one product shows every photograph."""
    (site / "content" / "products").mkdir(parents=True)
    (site / "site.yaml").write_text(
        "name: Pictures\nurl: https://shop.example\ncurrency: EUR\ntheme:\n  name: plain\n"
        "checkout:\n  provider: snipcart\n  snipcart:\n    public_key: test\n"
    )
    images = "".join(f"  - media/photo-{number:04}.jpg\n" for number in range(photos))
    (site / "content" / "products" / "album.yaml").write_text(f"name: Album\nprice: 10.00\nimages:\n{images}")
    theme = site / "themes" / "plain"
    shutil.copytree(THEME, theme)
    settings = f"\npictures:\n  widths: [{', '.join(map(str, WIDTHS))}]\n  formats: [webp]\n  quality: {QUALITY}\n"
    (theme / "theme.yaml").write_text((theme / "theme.yaml").read_text() + settings)


def _build(site: Path) -> None:
    command = [sys.executable, "-m", "storegen", "build", "--site", str(site)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _loop(folder: Path) -> None:
    """Open each photograph once, and save it in each width and format."""
    for file in sorted(folder.iterdir()):
        image = Image.open(file).convert("RGB")
        for width in WIDTHS:
            small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
            small.save(io.BytesIO(), "WEBP", quality=QUALITY, method=4)
            small.save(io.BytesIO(), "JPEG", quality=QUALITY, optimize=True, progressive=True)


def _time(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
