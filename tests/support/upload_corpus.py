"""Files that people might share, made here: harmless ones beside their harmful twins, each with its verdict."""

import io
import struct
import zipfile
import zlib

from PIL import Image

ACCEPTED, REFUSED, HARMFUL, ACTIVE = "accepted", "refused", "found by the scanner", "refused by the worker"
# The industry's harmless test string, in two halves so that no scanner takes this file for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EXE = b"MZ" + b"\x90" * 200
ELF = b"\x7fELF" + b"\0" * 200


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as out:
        for name, data in parts.items():
            stored = name == "mimetype"
            out.writestr(name, data, compress_type=zipfile.ZIP_STORED if stored else compression)
    return buffer.getvalue()


def types(main):
    return f'<Types xmlns="{TYPES}"><Override PartName="/x" ContentType="{main}"/></Types>'


def relations(kind, target="https://example.org/x.dotm"):
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{RELATION}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


def docx(text="Een huis is een begin.", main=f"{OFFICE}wordprocessingml.document.main+xml", **parts):
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{WORDS}"><w:body>{paragraph}</w:body></w:document>'
    return archive({"[Content_Types].xml": types(main), "word/document.xml": document, **parts})


def xlsx(**parts):
    strings = "<sst><si><t>Aantal woningen</t></si></sst>"
    main = f"{OFFICE}spreadsheetml.sheet.main+xml"
    return archive({"[Content_Types].xml": types(main), "xl/sharedStrings.xml": strings, **parts})


def pptx(**parts):
    slide = "<p><t>Zes talkshows</t></p>"
    main = f"{OFFICE}presentationml.presentation.main+xml"
    return archive({"[Content_Types].xml": types(main), "ppt/slides/slide1.xml": slide, **parts})


def odf(kind="text", **parts):
    content = "<document><text><p>Wonen in <span>de wijk</span> dus</p></text></document>"
    media = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": media, "content.xml": content, **parts})


def pdf(text="Eerst een thuis", catalog="", page="", objects=(), compressed=False):
    """A PDF of one page, by hand; with `compressed`, extra objects stand in an object stream."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = "/Resources << /Font << /F1 4 0 R >> >>"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R {resources} {page} >>",
        font,
        f"<< /Length {len(stream)} >>\nstream\n{stream.decode()}\nendstream",
    ]
    if not compressed:
        return _plain_pdf([*bodies, *objects])
    return _packed_pdf(bodies, list(objects))


def _plain_pdf(bodies):
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()


def _packed_pdf(bodies, objects):
    """Put `objects` (numbers 6, 7 …) where only somebody who unpacks them can read them (ISO 32000-1, 7.5.7)."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in enumerate(bodies, start=1):
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    first = len(bodies) + 1
    texts, offset, heads = "", 0, ""
    for number, body in enumerate(objects, start=first):
        heads += f"{number} {offset} "
        texts += body + " "
        offset += len(body) + 1
    packed = zlib.compress((heads + texts).encode())
    holder = first + len(objects)
    places[holder] = len(out)
    head = f"<< /Type /ObjStm /N {len(objects)} /First {len(heads)} /Length {len(packed)} /Filter /FlateDecode >>"
    out += f"{holder} 0 obj\n{head}\nstream\n".encode() + packed + b"\nendstream\nendobj\n"
    table, size = len(out), holder + 2
    rows = b"\0\0\0\0\0\0\xff"
    for number in range(1, size):
        if number in places:
            rows += struct.pack("!BIH", 1, places[number], 0)
        elif number == holder + 1:
            rows += struct.pack("!BIH", 1, table, 0)
        else:
            rows += struct.pack("!BIH", 2, holder, number - first)
    packed = zlib.compress(rows)
    head = f"<< /Type /XRef /Size {size} /W [1 4 2] /Root 1 0 R /Length {len(packed)} /Filter /FlateDecode >>"
    out += f"{holder + 1} 0 obj\n{head}\nstream\n".encode() + packed + b"\nendstream\nendobj\n"
    return out + f"startxref\n{table}\n%%EOF\n".encode()


def picture(kind="JPEG", size=(640, 480), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, (31, 77, 67)).save(buffer, kind, **options)
    return buffer.getvalue()


def with_place():
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Verzonnen camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (6.0, 5.0, 0.0)})
    return picture(exif=exif, comment=b"<script>alert(1)</script>")


def bomb(parts=1):
    """An Office file of some hundred kilobytes that unpacks to more than 200 MB."""
    zeros = b"\0" * (210 * 1024 * 1024 // parts)
    return docx(**{f"word/media/{number}.bin": zeros for number in range(parts)})


def lying_bomb():
    """A bomb whose list says that its parts are small."""
    data = bytearray(docx(**{"word/media/1.bin": b"\0" * (20 * 1024 * 1024)}))
    size = struct.pack("<I", 20 * 1024 * 1024)
    return bytes(data.replace(size, struct.pack("<I", 1000)))


def encrypted():
    """An archive that says of each part that it is encrypted."""
    data = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    return bytes(data)


def corpus():
    """Return (name, bytes, verdict) of every file."""
    script = "<< /S /JavaScript /JS (app.alert) >>"
    manifest = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    mp3 = b"ID3\x03\0\0\0\0\0\x0a" + b"\0" * 10 + b"\xff\xfb\x50\xc4" + b"\0" * 400
    mp4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 100
    deep = "".join(f"<a{i}>" for i in range(5))
    return [
        ("verslag.pdf", pdf(), ACCEPTED),
        ("VERSLAG.PDF", pdf(), ACCEPTED),
        ("link.pdf", pdf(page="/Annots [<< /Subtype /Link /A << /S /URI /URI (https://x.nl) >> >>]"), ACCEPTED),
        ("script.pdf", pdf(catalog=f"/OpenAction {script}"), REFUSED),
        ("ontsnapt.pdf", pdf(catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>"), REFUSED),
        ("start.pdf", pdf(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"), REFUSED),
        ("bijlage.pdf", pdf(catalog="/Names << /EmbeddedFiles 6 0 R >>", objects=["<< /Names [] >>"]), REFUSED),
        ("verstopt.pdf", pdf(catalog="/OpenAction 6 0 R", objects=[script], compressed=True), ACTIVE),
        ("verstopte-knop.pdf", pdf(page="/Annots 6 0 R", objects=[f"[<< /A {script} >>]"], compressed=True), ACTIVE),
        ("ingepakt.pdf", pdf(catalog="/Lang 6 0 R", objects=["(nl)"], compressed=True), ACCEPTED),
        ("wachtwoord.pdf", pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"), REFUSED),
        ("half.pdf", pdf()[:200], REFUSED),
        ("html-ervoor.pdf", b"<html><script>x</script>\n" + pdf(), REFUSED),
        ("html.pdf", b"<!doctype html><html></html>", REFUSED),
        ("programma.pdf", EXE, REFUSED),
        ("pdf-en-zip.pdf", pdf() + archive({"x.txt": "x"}), REFUSED),
        ("brief.docx", docx(), ACCEPTED),
        ("tabel.xlsx", xlsx(), ACCEPTED),
        ("dia's.pptx", pptx(), ACCEPTED),
        ("brief.odt", odf(), ACCEPTED),
        ("tabel.ods", odf("spreadsheet"), ACCEPTED),
        ("dia's.odp", odf("presentation"), ACCEPTED),
        ("met-tabel-erin.docx", docx(**{"word/embeddings/tabel.xlsx": xlsx()}), ACCEPTED),
        ("met-link.docx", docx(**{"word/_rels/document.xml.rels": relations("hyperlink")}), ACCEPTED),
        ("macro.docx", docx(**{"word/vbaProject.bin": b"x"}), REFUSED),
        ("macro-type.docx", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), REFUSED),
        ("brief.docm", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), REFUSED),
        ("activex.docx", docx(**{"word/activeX/activeX1.xml": "<x/>"}), REFUSED),
        ("macro.xlsx", xlsx(**{"xl/vbaProject.bin": b"x"}), REFUSED),
        ("oud-macroblad.xlsx", xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), REFUSED),
        ("macro.pptx", pptx(**{"ppt/vbaProject.bin": b"x"}), REFUSED),
        ("object.docx", docx(**{"word/embeddings/oleObject1.bin": b"x"}), REFUSED),
        ("sjabloon.docx", docx(**{"word/_rels/settings.xml.rels": relations("attachedTemplate")}), REFUSED),
        ("haalt-op.docx", docx(**{"word/_rels/document.xml.rels": relations("oleObject")}), REFUSED),
        ("macro.odt", odf(**{"Basic/Standard/x.xml": "<x/>"}), REFUSED),
        ("versleuteld.odt", odf(**{"META-INF/manifest.xml": manifest}), REFUSED),
        ("entiteit.docx", docx(**{"word/_rels/a.rels": f'<!DOCTYPE a [<!ENTITY b "c">]>{deep}'}), REFUSED),
        ("programma-erin.docx", docx(**{"word/media/foto.png": EXE}), REFUSED),
        ("elf-erin.docx", docx(**{"word/media/foto.png": ELF}), REFUSED),
        ("archief-erin.docx", docx(**{"word/media/foto.png": archive({"x.exe": EXE})}), REFUSED),
        ("programma.docx", archive({"x.exe": EXE}), REFUSED),
        ("hernoemd.docx", EXE, REFUSED),
        ("excel-als-word.docx", xlsx(), REFUSED),
        ("word-als-odt.odt", docx(), REFUSED),
        ("voorvoegsel.docx", b"GIF89a" + docx(), REFUSED),
        ("achtervoegsel.docx", docx() + b"\0" * 100, REFUSED),
        ("uit-de-map.docx", docx(**{"../../etc/passwd": "x"}), REFUSED),
        ("van-boven.docx", docx(**{"/etc/passwd": "x"}), REFUSED),
        ("terug.docx", docx(**{"word\\..\\x": "x"}), REFUSED),
        ("honderden-delen.docx", docx(**{f"word/{number}.xml": "<x/>" for number in range(600)}), REFUSED),
        ("bom.docx", bomb(), REFUSED),
        ("bom-in-delen.docx", bomb(7), REFUSED),
        ("liegende-bom.docx", lying_bomb(), REFUSED),
        ("versleuteld.docx", encrypted(), REFUSED),
        ("kapot.docx", docx()[:-40], REFUSED),
        ("afspraken.txt", "Wonen eerst, één sleutel.".encode(), ACCEPTED),
        ("oude-tekst.txt", "één sleutel".encode("cp1252"), ACCEPTED),
        ("lijst.csv", b"naam;plaats\r\nThuis;Zwolle\r\n", ACCEPTED),
        ("pagina.txt", b"  <!DOCTYPE html><script>x</script>", REFUSED),
        ("beeld.csv", b"<svg onload=alert(1)>", REFUSED),
        ("schil.txt", b"#!/bin/sh\nrm -rf /", REFUSED),
        ("pdf.txt", pdf(), REFUSED),
        ("nullen.txt", b"abc\0def", REFUSED),
        ("foto.jpg", with_place(), ACCEPTED),
        ("foto.jpeg", picture(), ACCEPTED),
        ("foto.png", picture("PNG"), ACCEPTED),
        ("foto.webp", picture("WEBP"), ACCEPTED),
        ("foto-en-zip.jpg", picture() + archive({"x.txt": "x"}), REFUSED),
        ("png-als.jpg", picture("PNG"), REFUSED),
        ("kapot.png", picture("PNG")[:60], REFUSED),
        ("reuzen.png", picture("PNG", (6000, 6000)), REFUSED),
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", REFUSED),
        ("pagina.html", b"<html></html>", REFUSED),
        ("stem.mp3", mp3, ACCEPTED),
        ("show.mp4", mp4, ACCEPTED),
        ("programma.mp3", EXE, REFUSED),
        ("mp3-als.mp4", mp3, REFUSED),
        ("verslag.pdf.exe", pdf(), REFUSED),
        ("archief.zip", archive({"x.txt": "x"}), REFUSED),
        ("oud.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 100, REFUSED),
        ("zonder-einde", b"tekst", REFUSED),
        ("leeg.pdf", b"", REFUSED),
        ("../../etc/cron.d/taak.txt", b"gewone tekst", ACCEPTED),
        ("C:\\map\\brief.docx", docx(), ACCEPTED),
        ("foto\u202egpj.exe", EXE, REFUSED),
        ("brief\u202excod.docx", docx(), ACCEPTED),
        ("eicar.txt", EICAR, HARMFUL),
        ("eicar-erin.docx", docx(**{"word/media/x.txt": EICAR}), HARMFUL),
        ("eicar-diep.docx", docx(**{"word/embeddings/x.docx": docx(**{"word/x.txt": EICAR})}), HARMFUL),
    ]
