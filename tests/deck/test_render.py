"""LibreOffice opens every deck and draws every slide, with something on each."""

from pathlib import Path

import pytest
from PIL import Image

from tests import judges
from tests.deck import samples
from tests.deck.reading import opened


@pytest.mark.judge
@pytest.mark.parametrize("name", samples.PITCHES)
def test_libreoffice_draws_every_slide(name: str, soffice: str, pdftoppm: str, tmp_path: Path) -> None:
    content = samples.rendered(name)
    path = tmp_path / "deck.pptx"
    path.write_bytes(content)
    pages = judges.render_pages(judges.to_pdf(path), 20)
    assert len(pages) == len(opened(content).slides)
    for page in pages:
        with Image.open(page) as picture:
            colours = picture.convert("RGB").getcolors(1 << 20)
            assert picture.width / picture.height == pytest.approx(16 / 9, abs=0.02)
        assert colours is not None and len(colours) > 8, f"{page.name} looks empty"
