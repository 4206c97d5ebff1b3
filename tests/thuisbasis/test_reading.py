"""Reading documents: real files in, headings and paragraphs out, and clear words for what cannot be read."""

import zipfile
from io import BytesIO

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, SimpleDocTemplate
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from thuisbasis.files.reading import (
    FileIsEmpty,
    FileIsEncrypted,
    FileIsNotWhatItSays,
    FileIsTooLarge,
    FileIsUnreadable,
    Heading,
    KindIsNotSupported,
    ListOfItems,
    Paragraph,
    Table,
    read_document,
)

pytestmark = pytest.mark.once


def word_file(fill):
    document = docx.Document()
    fill(document)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def pdf_file(story, **options):
    output = BytesIO()
    SimpleDocTemplate(output, **options).build(story)
    return output.getvalue()


def styled(text, style="BodyText"):
    return PdfParagraph(text, getSampleStyleSheet()[style])


def read(name, data):
    return read_document(name=name, data=data.encode() if isinstance(data, str) else data)


def zip_file(**entries):
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return output.getvalue()


ENCRYPTED_PDF = lambda: pdf_file([styled("Geheim")], encrypt=StandardEncryption("wachtwoord"))  # noqa: E731 (reads as a row)
BAD_FILES = [
    ("leeg.txt", b"", FileIsEmpty),
    ("wit.txt", b" \n\t\n ", FileIsEmpty),
    ("leeg.html", b"<html><body></body></html>", FileIsEmpty),
    ("leeg.docx", lambda: word_file(lambda document: None), FileIsEmpty),
    ("groot.txt", b"a" * (25 * 1024 * 1024 + 1), FileIsTooLarge),
    ("bom.docx", lambda: zip_file(word__document_xml="<x/>", word__bomb_xml="0" * (201 * 1024 * 1024)), FileIsTooLarge),
    ("veel.docx", lambda: zip_file(word__document_xml="<x/>", **{f"e{n}": "x" for n in range(501)}), FileIsTooLarge),
    ("slot.pdf", ENCRYPTED_PDF, FileIsEncrypted),
    ("slot.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, FileIsEncrypted),
    ("beeld.txt", b"\x89PNG\r\n\x1a\n" + b"\x01" * 60, FileIsNotWhatItSays),
    ("pagina.txt", b"<!doctype html><p>Hallo</p>", FileIsNotWhatItSays),
    ("tekst.pdf", b"Gewoon tekst", FileIsNotWhatItSays),
    ("voor.pdf", b"<script>alert(1)</script>%PDF-1.4", FileIsNotWhatItSays),
    ("tekst.docx", b"Gewoon tekst", FileIsNotWhatItSays),
    ("archief.docx", lambda: zip_file(virus="x"), FileIsNotWhatItSays),
    ("word.html", lambda: word_file(lambda document: document.add_paragraph("Hallo")), FileIsNotWhatItSays),
    ("tekst.html", b"Gewoon tekst zonder opmaak", FileIsNotWhatItSays),
    ("stuk.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 300, FileIsUnreadable),
    ("stuk.docx", b"PK\x03\x04" + b"\x00" * 60, FileIsUnreadable),
    ("half.docx", lambda: zip_file(word__document_xml="<niet-af"), FileIsUnreadable),
    ("nul.txt", b"tekst\x00tekst", FileIsUnreadable),
    ("scan.pdf", lambda: pdf_file([PageBreak(), PageBreak()]), FileIsUnreadable),
    ("programma.exe", b"MZ" + b"\x00" * 60, KindIsNotSupported),
    ("zonder-achtervoegsel", b"tekst", KindIsNotSupported),
    ("oud.doc", b"\xd0\xcf\x11\xe0", KindIsNotSupported),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES, ids=[row[0] for row in BAD_FILES])
def test_a_bad_file_is_refused_with_its_own_reason(name, data, reason):
    with pytest.raises(reason) as refusal:
        read(name, data() if callable(data) else data)
    assert len(str(refusal.value)) > 30


def test_an_encrypted_entry_is_refused():
    data = bytearray(zip_file(word__document_xml="<x/>"))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(FileIsEncrypted):
        read("slot.docx", bytes(data))


def test_reasons_differ():
    messages = {str(reason.message) for _, _, reason in BAD_FILES}
    assert len(messages) == 6


def test_a_text_has_a_title_headings_paragraphs_and_lists():
    outline = read("a.txt", "Mijn titel\n\nEen alinea met tekst.\n\nEen kop\n\n- een\n- twee\n\n1. eerst\n2. dan\n")
    assert outline.title == "Mijn titel"
    assert outline.parts == [
        Paragraph("Een alinea met tekst."),
        Heading("Een kop"),
        ListOfItems(("een", "twee")),
        ListOfItems(("eerst", "dan"), is_ordered=True),
    ]


def test_items_with_blank_lines_between_them_are_one_list():
    assert read("a.txt", "Titel\n\n- een\n\n- twee\n\n- drie\n").parts == [ListOfItems(("een", "twee", "drie"))]


def test_lines_broken_to_fit_are_one_paragraph():
    wide = "Dit is een lange regel die door een programma is afgebroken op een\nvaste breedte, zodat elke regel even lang is en een woord ge-\nknipt kan zijn."
    assert read("a.txt", f"Titel\n\n{wide}\n").parts == [
        Paragraph(
            "Dit is een lange regel die door een programma is afgebroken op een vaste breedte, zodat elke regel "
            "even lang is en een woord geknipt kan zijn."
        )
    ]


def test_site_furniture_is_left_out_and_reported():
    outline = read("a.txt", "Mobiele menu\n\nTitel\n\nEen alinea.\n\nDelen:\n\nNaar boven\n")
    assert outline.title == "Titel"
    assert outline.dropped == ["Mobiele menu", "Delen:", "Naar boven"]
    assert outline.parts == [Paragraph("Een alinea.")]


def test_addresses_in_text_become_links_and_nothing_else_does():
    outline = read("a.txt", "Titel\n\nMail info@example.nl of kijk op www.example.nl. <script>x</script> is tekst.\n")
    assert outline.parts == [
        Paragraph(
            'Mail <a href="mailto:info@example.nl">info@example.nl</a> of kijk op '
            '<a href="https://www.example.nl">www.example.nl</a>. &lt;script&gt;x&lt;/script&gt; is tekst.'
        )
    ]


def test_labels_with_values_stay_together_and_empty_labels_go():
    outline = read("a.txt", "Titel\n\nNummer:\n1021\nDuur: 100%\nDuur: 100 %\nRonde:\nLeider:\nJansen\n")
    assert outline.parts == [
        Paragraph("<b>Nummer:</b> 1021"),
        Paragraph("<b>Duur:</b> 100%"),
        Paragraph("<b>Leider:</b> Jansen"),
    ]
    assert outline.dropped == ["Ronde:"]


def test_an_old_encoding_is_understood():
    text = "Titel\n\nDe coördinator vroeg de cliënt naar zijn ideeën over de reünie van het café.\n" * 4
    assert "coördinator" in read("a.txt", text.encode("cp1252")).parts[0].html


PAGE = """<!doctype html><html><head><title>Titel | Site</title></head><body>
<header>Logo</header><nav><ul><li>Home</li></ul></nav>
<main><h1>Titel</h1><p>Een <strong>vette</strong> <em>alinea</em> met <a href="https://example.nl/x">een link</a>
en <a href="javascript:alert(1)">een val</a>.</p><h2>Kop</h2><ol><li>een</li><li>twee</li></ol>
<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
<div class="share-buttons">Deel dit</div><p>Naar boven</p><h4>Diep</h4><p></p></main><footer>Voet</footer></body></html>"""


def test_a_web_page_is_read_without_its_site():
    outline = read("a.html", PAGE)
    assert outline.title == "Titel"
    assert outline.parts == [
        Paragraph('Een <b>vette</b> <i>alinea</i> met <a href="https://example.nl/x">een link</a> en een val.'),
        Heading("Kop"),
        ListOfItems(("een", "twee"), is_ordered=True),
        Table((("A", "B"), ("1", "2"))),
        Heading("Diep", 3),
    ]
    assert outline.dropped == ["Deel dit", "Naar boven"]


def test_a_page_without_headings_takes_its_title_from_the_tab():
    outline = read("a.html", "<html><title>Onze aanpak - Site</title><body><p>Tekst.</p></body></html>")
    assert outline.title == "Onze aanpak"


def test_a_page_of_loose_text_is_read():
    outline = read("a.html", "<div>Losse tekst</div><div>Naar boven</div>")
    assert outline.parts == [Paragraph("Losse tekst")]
    assert outline.dropped == ["Naar boven"]


def test_a_word_document_keeps_its_structure():
    def fill(document):
        document.add_heading("Titel", level=1)
        document.add_paragraph("Een alinea.").add_run(" Vet.").bold = True
        document.add_heading("Kop", level=2)
        document.add_paragraph("een", style="List Bullet")
        document.add_paragraph("twee", style="List Bullet")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip([cell for row in table.rows for cell in row.cells], "ABCD", strict=True):
            cell.text = text

    outline = read("a.docx", word_file(fill))
    assert outline.title == "Titel"
    assert outline.parts == [
        Paragraph("Een alinea.<b> Vet.</b>"),
        Heading("Kop"),
        ListOfItems(("een", "twee")),
        Table((("A", "B"), ("C", "D"))),
    ]


def test_a_pdf_keeps_its_structure():
    story = [
        styled("Onze aanpak", "Title"),
        styled("De eerste alinea gaat over wonen en is lang genoeg om op meer dan een regel te staan. " * 3),
        styled("Een kop", "Heading2"),
        styled('Lees meer op <a href="https://example.nl/lees">deze pagina</a> van het netwerk.'),
        PdfTable([["Gemeente", "Sinds"], ["Zwolle", "2014"]], style=[("GRID", (0, 0), (-1, -1), 1, "black")]),
    ]
    outline = read("a.pdf", pdf_file(story))
    assert outline.title == "Onze aanpak"
    kinds = [type(part) for part in outline.parts]
    assert kinds == [Paragraph, Heading, Paragraph, Table]
    assert outline.parts[1] == Heading("Een kop")
    assert '<a href="https://example.nl/lees">deze pagina</a>' in outline.parts[2].html
    assert outline.parts[3] == Table((("Gemeente", "Sinds"), ("Zwolle", "2014")))


def test_heads_feet_and_page_numbers_of_a_pdf_are_left_out():
    def decorate(canvas, document):
        canvas.drawString(72, 800, "Rapport van het netwerk")
        canvas.drawString(300, 20, str(document.page))

    story = [styled("Titel", "Title")]
    for number in range(4):
        story += [styled(f"Alinea nummer {number} van dit rapport, met genoeg tekst."), PageBreak()]
    output = BytesIO()
    SimpleDocTemplate(output).build(story, onFirstPage=decorate, onLaterPages=decorate)
    outline = read("a.pdf", output.getvalue())
    text = str(outline.parts)
    assert "Rapport van het netwerk" not in text
    assert len([part for part in outline.parts if isinstance(part, Paragraph)]) == 4
    assert "Rapport van het netwerk" in outline.dropped
