"""The documents of the page: a registration form, an invoice, an article. A4 at 150 dots an inch."""

from paper import Sheet

WIDTH, HEIGHT = 1240, 1754

FORM_MRZ = [
    "P<UTOLINDQVIST<<CLARA<MARIE<<<<<<<<<<<<<<<<<",
    "L898902C36UTO8703145F3104150ZE184226B<<<<<10",
]


def form(mrz: list[str]) -> Sheet:
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.write(110, 150, "Sallow Creek Society", "sans-bold", 46)
    sheet.write(110, 200, "Registration of a new member", "sans", 30)
    sheet.write(1130, 150, "Form 27-B", "sans", 26, right=True)
    sheet.draw.line((110, 225, 1130, 225), fill=60, width=3)
    rows = [
        ("Family name", "family_name", "text", "Lindqvist"),
        ("Given names", "given_names", "text", "Clara Marie"),
        ("Date of birth", "date_of_birth", "date", "14.03.1987"),
        ("Country", "country", "country", "Denmark"),
        ("Street", "street", "text", "17 Harbour Street"),
        ("Town", "town", "text", "Port Harnell"),
        ("E-mail", "email", "email", "clara.lindqvist@example.org"),
        ("Phone", "phone", "phone", "+44 1632 960417"),
        ("IBAN", "iban", "iban", "GB82 WEST 1234 5698 7654 32"),
        ("Yearly fee", "fee", "amount", "48.50"),
        ("Currency", "currency", "currency", "EUR"),
        ("Member since", "since", "date", "2026-10-01"),
        ("Profession", "profession", "text", "Marine surveyor"),
    ]
    y = 300
    for label, name, kind, value in rows:
        sheet.write(120, y, f"{label}:", "sans", 27, ink=50)
        sheet.draw.rectangle((400, y - 42, 1120, y + 17), outline=205, width=2)
        sheet.field(name, kind, [sheet.write(418, y, value, "mono", 32)], label)
        y += 76
    y += 10
    sheet.write(120, y, "The member agrees that the society keeps these data until one year after leaving.", "sans", 25)
    y += 70
    sheet.write(120, y, "Machine readable zone of the passport:", "sans", 27, ink=50)
    lines = [sheet.write(120, y + 62 + 52 * at, line, "mono", 37) for at, line in enumerate(mrz)]
    sheet.field("passport", "mrz", lines, "Machine readable zone of the passport")
    y += 230
    for at in range(60):  # a signature: a line that no one can read
        x = 660 + at * 7
        sheet.draw.line((x, y - 30 - (at * 37 % 29), x + 7, y - 30 - ((at + 1) * 37 % 29)), fill=40, width=4)
    sheet.draw.line((640, y, 1120, y), fill=90, width=2)
    sheet.write(640, y + 34, "Signature", "sans", 23, ink=60)
    sheet.field("place", "text", [sheet.write(120, y, "Sallow Creek", "mono", 30)], "Place")
    sheet.draw.line((110, y + 10, 560, y + 10), fill=90, width=2)
    sheet.write(120, y + 34, "Place", "sans", 23, ink=60)
    return sheet


def invoice() -> Sheet:
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.write(110, 150, "Harnell Rope Works Ltd", "serif-bold", 44)
    sheet.write(110, 196, "4 Quarry Close, Port Harnell", "serif", 28)
    sheet.write(110, 234, "accounts@harnell.example.org", "serif", 28)
    sheet.write(1130, 160, "INVOICE", "serif-bold", 54, right=True)
    for at, line in enumerate(["To: Sallow Creek Society", "The Tide Mill, Mill Lane", "Sallow Creek"]):
        sheet.write(110, 350 + 38 * at, line, "serif", 30)
    heads = [
        ("Invoice number", "number", "text", "INV-2026-0417"),
        ("Date", "date", "date", "3 September 2026"),
        ("Due date", "due_date", "date", "3 October 2026"),
        ("Order", "order", "number", "88214"),
        ("Currency", "currency", "currency", "EUR"),
    ]
    for at, (label, name, kind, value) in enumerate(heads):
        sheet.write(690, 350 + 44 * at, f"{label}:", "serif", 29, ink=50)
        sheet.field(name, kind, [sheet.write(920, 350 + 44 * at, value, "serif-bold", 29)], label)
    columns, y = (110, 640, 860, 1130), 660
    sheet.draw.rectangle((100, y - 40, 1140, y + 16), fill=222)
    for x, label, right in zip(columns, ("Item", "Quantity", "Price", "Sum"), (False, True, True, True), strict=True):
        sheet.write(x, y, label, "sans-bold", 27, right=right)
    items = [
        ("Rope 12 mm, hemp, coil of 50 m", 6, 38.40),
        ("Rope 24 mm, hemp, per metre", 120, 4.15),
        ("Gate pulley, bronze", 4, 129.00),
        ("Splicing, hours of work", 7, 52.00),
        ("Tarred twine, roll", 15, 6.90),
        ("Delivery by cart", 1, 45.00),
    ]
    total = 0.0
    for at, (text, count, price) in enumerate(items, 1):
        y, total = y + 56, round(total + count * price, 2)
        sheet.write(columns[0], y, text, "sans", 27)
        sheet.field(f"quantity_{at}", "number", [sheet.write(columns[1], y, str(count), "sans", 27, right=True)])
        sheet.field(f"price_{at}", "amount", [sheet.write(columns[2], y, f"{price:,.2f}", "sans", 27, right=True)])
        sheet.field(
            f"sum_{at}", "amount", [sheet.write(columns[3], y, f"{count * price:,.2f}", "sans", 27, right=True)]
        )
        sheet.draw.line((100, y + 18, 1140, y + 18), fill=190, width=1)
    tax = round(total * 0.2 + 1e-9, 2)
    sums = [("Net", "net", total), ("VAT 20 %", "vat", tax), ("Total", "total", round(total + tax, 2))]
    y += 40
    for label, name, value in sums:
        y += 52
        weight = "sans-bold" if name == "total" else "sans"
        sheet.write(690, y, f"{label}:", weight, 29)
        written = sheet.write(columns[3], y, f"€ {value:,.2f}", weight, 29, right=True)
        sheet.field(name, "amount", [written], label)
    y += 110
    sheet.write(110, y, "Please pay within 30 days to:", "serif", 29)
    for label, name, kind, value in [
        ("Account holder", "holder", "text", "Harnell Rope Works Ltd"),
        ("IBAN", "iban", "iban", "DE89 3704 0044 0532 0130 00"),
        ("Phone", "phone", "phone", "+49 30 23125 417"),
        ("E-mail", "email", "email", "accounts@harnell.example.org"),
    ]:
        y += 48
        sheet.write(110, y, f"{label}:", "serif", 29, ink=50)
        sheet.field(name, kind, [sheet.write(340, y, value, "serif", 31)], label)
    sheet.write(
        110, y + 120, "Thank you for your order. Goods remain ours until they are paid in full.", "serif-italic", 27
    )
    return sheet


def article(text: str) -> list[Sheet]:
    """Pages of flowing text; the first line is the title, an empty line parts paragraphs."""
    title, *paragraphs = [part for part in text.split("\n\n") if part.strip()]
    sheets = [Sheet(WIDTH, HEIGHT)]
    sheets[0].write(130, 190, title.strip(), "serif-bold", 52)
    y = 280.0
    for paragraph in paragraphs:
        lines = 1 + len(paragraph) // 70
        if y + lines * 40 > HEIGHT - 130:
            sheets.append(Sheet(WIDTH, HEIGHT))
            y = 150.0
        y, _ = sheets[-1].wrap(130, y, WIDTH - 260, paragraph, "serif", 30, 41)
        y += 22
    for at, sheet in enumerate(sheets, 1):
        sheet.write(WIDTH / 2, HEIGHT - 70, str(at), "serif", 26)
    return sheets
