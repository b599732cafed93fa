"""Documents that tests make themselves: they say what the test wants."""

import io
import zipfile

import openpyxl

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def pdf(text: str) -> bytes:
    """A page with a text in any script: each letter has a code of its own, and the file says which it stands for."""
    codes = {sign: number for number, sign in enumerate(dict.fromkeys(text), 1)}
    shown = "".join(f"{codes[sign]:02x}" for sign in text)
    meant = "\n".join(f"<{code:02x}> <{ord(sign):04x}>" for sign, code in codes.items())
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{meant}\nendbfchar"
    content = f"BT /F 12 Tf 40 700 Td <{shown}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{one}endobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    return f"{body}{table}trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def docx(*paragraphs: str, prolog: str = "") -> bytes:
    """A text of Word's kind; a paragraph comes in two runs, as Word writes them."""
    told = "".join(f"<w:p><w:r><w:t>{one[:3]}</w:t></w:r><w:r><w:t>{one[3:]}</w:t></w:r></w:p>" for one in paragraphs)
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": "<Relationships/>",
            "word/document.xml": f'{prolog}<w:document xmlns:w="{_WORD}"><w:body>{told}</w:body></w:document>',
        }
    )


def odt(*paragraphs: str) -> bytes:
    """A text of OpenDocument, with a word in a span."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    told = "".join(f"<t:p>{one[:2]}<t:span>{one[2:4]}</t:span>{one[4:]}</t:p>" for one in paragraphs)
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<d xmlns:t="{namespace}">{told}</d>',
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def xlsx(*rows: tuple[object, ...]) -> bytes:
    """A sheet."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def archive(members: dict[str, str]) -> bytes:
    """A ZIP of texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return buffer.getvalue()
