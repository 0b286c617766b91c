"""Small templates of other people, made here: each differs from the library's own 4:3 one in what its name says."""

import re
import zipfile
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

OLD = "Our summer party"
_THEME = "ppt/theme/theme1.xml"


def saved(file: Any) -> bytes:
    """The file as bytes."""
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def rewritten(raw: bytes, part: str, old: str, new: str) -> bytes:
    """The file with a pattern in one of its parts replaced; it has to be there."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                text, times = re.subn(old, new, content.decode())
                assert times, f"{old} is not in {part}"
                content = text.encode()
            after.writestr(name, content)
    return out.getvalue()


def standard() -> bytes:
    """4:3 as the library has it, without a slide."""
    return saved(Presentation())


def dark() -> bytes:
    """Light text on a dark ground, by the names of the theme's colours and nothing else."""
    raw = rewritten(
        standard(), "ppt/slideMasters/slideMaster1.xml", 'bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"'
    )
    return rewritten(
        raw, _THEME, r'<a:sysClr val="windowText" lastClr="000000"\s*/>', '<a:srgbClr val="14213D"/>'
    )


def _scaled(width: float, height: float) -> Any:
    """Slides of another size, with everything on masters and layouts moved along."""
    file = Presentation()
    across, down = Inches(width) / file.slide_width, Inches(height) / file.slide_height
    file.slide_width, file.slide_height = Inches(width), Inches(height)
    master = file.slide_masters[0]
    for holder in (master, *master.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                sides = shape.left * across, shape.top * down, shape.width * across, shape.height * down
                shape.left, shape.top, shape.width, shape.height = (Emu(int(side)) for side in sides)
    return file


def small() -> bytes:
    """16:9 on slides of 10 inches, as some programs have it."""
    return saved(_scaled(10.0, 5.625))


def paper() -> bytes:
    """A sheet of A4."""
    return saved(_scaled(11.69, 8.27))


def wide_type() -> bytes:
    """16:9 in a typeface that runs a quarter wider than ours."""
    return rewritten(
        saved(_scaled(13.333, 7.5)),
        _THEME,
        r'<a:latin typeface="Calibri"\s*/>',
        '<a:latin typeface="Verdana"/>',
    )


def red_brand() -> bytes:
    """A company whose first colour is red."""
    return rewritten(standard(), _THEME, r'(<a:accent1>\s*<a:srgbClr val=")[0-9A-F]{6}', r"\g<1>C8102E")


def busy() -> bytes:
    """Stripes of black and white behind everything."""
    file = Presentation()
    picture, stream = Image.new("RGB", (400, 300), "white"), BytesIO()
    for step in range(0, 400, 20):
        ImageDraw.Draw(picture).rectangle((step, 0, step + 10, 300), fill="black")
    picture.save(stream, "PNG")
    master = file.slide_masters[0]
    _, number = master.part.get_or_add_image_part(BytesIO(stream.getvalue()))
    ground = parse_xml(
        f'<p:bg {nsdecls("p", "a", "r")}><p:bgPr><a:blipFill><a:blip r:embed="{number}"/><a:stretch><a:fillRect/>'
        "</a:stretch></a:blipFill><a:effectLst/></p:bgPr></p:bg>"
    )
    for old in master._element.cSld.findall(qn("p:bg")):
        master._element.cSld.remove(old)
    master._element.cSld.insert(0, ground)
    return saved(file)


def logo_in_the_way() -> bytes:
    """A black logo at the right end of the titles' place."""
    file = Presentation()
    sides = f'<a:off x="{Inches(8.6)}" y="{Inches(0.3)}"/><a:ext cx="{Inches(0.9)}" cy="{Inches(1.1)}"/>'
    black = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    logo = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Logo"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr><a:xfrm>{sides}</a:xfrm>"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{black}</p:spPr></p:sp>'
    )
    file.slide_masters[0]._element.cSld.spTree.append(logo)
    return saved(file)


def used() -> bytes:
    """Twenty slides with notes, pictures, links and a section; somebody's name in the properties."""
    file = Presentation()
    for number in range(20):
        slide = file.slides.add_slide(file.slide_layouts[number % 6])
        for shape in slide.placeholders:
            if shape.has_text_frame:
                shape.text_frame.text = f"{OLD} {number}"
        slide.notes_slide.notes_text_frame.text = f"{OLD}: bring {number} chairs"
        stream = BytesIO()
        Image.new("RGB", (40, 40), (number * 10, 90, 90)).save(stream, "PNG")
        slide.shapes.add_picture(BytesIO(stream.getvalue()), 0, 0)
    jump = file.slide_masters[0].part.relate_to(file.slides[3].part, _SLIDE)
    shape = file.slide_masters[0].placeholders[0]._element.xpath(".//p:cNvPr")[0]
    shape.append(
        parse_xml(f'<a:hlinkClick {nsdecls("a", "r")} r:id="{jump}" action="ppaction://hlinksldjump"/>')
    )
    first = file.slides._sldIdLst[0].get("id")
    file._element.append(
        parse_xml(
            f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
            'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Party" '
            f'id="{{11111111-1111-4111-8111-111111111111}}"><p14:sldIdLst><p14:sldId id="{first}"/></p14:sldIdLst>'
            "</p14:section></p14:sectionLst></p:ext></p:extLst>"
        )
    )
    file.core_properties.comments = OLD
    return saved(file)


_SLIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"


def potx() -> bytes:
    """Saved as a template."""
    return rewritten(standard(), r"[Content_Types].xml", "presentation.main", "template.main")


def no_foot() -> bytes:
    """Without places for footer and slide number."""
    file = Presentation()
    for layout in file.slide_layouts:
        for shape in list(layout.placeholders):
            if shape._element.ph.get("type") in ("dt", "ftr", "sldNum"):
                shape._element.getparent().remove(shape._element)
    return saved(file)


def no_cover() -> bytes:
    """Only the layout for a title and content."""
    file = Presentation()
    for layout in [layout for number, layout in enumerate(file.slide_layouts) if number != 1]:
        file.slide_layouts.remove(layout)
    return saved(file)


def no_title() -> bytes:
    """No layout has a place for a title."""
    file = Presentation()
    for layout in file.slide_layouts:
        for shape in list(layout.placeholders):
            if shape._element.ph.get("type") in ("title", "ctrTitle"):
                shape._element.getparent().remove(shape._element)
    return saved(file)


def upright() -> bytes:
    """Slides that stand upright."""
    return saved(_scaled(7.5, 10.0))


TEMPLATES = {
    make.__name__: make
    for make in (
        standard,
        dark,
        small,
        paper,
        wide_type,
        red_brand,
        busy,
        logo_in_the_way,
        used,
        potx,
        no_foot,
        no_cover,
    )
}


@cache
def raw(name: str) -> bytes:
    """The bytes of a template, made once."""
    return TEMPLATES[name]()


def as_opened(raw: bytes) -> bytes:
    """A template as a deck that the library opens."""
    if b"template.main" not in zipfile.ZipFile(BytesIO(raw)).read("[Content_Types].xml"):
        return raw
    return rewritten(raw, "[Content_Types].xml", "template.main", "presentation.main")
