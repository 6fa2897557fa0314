"""The pages that Stripe shows itself: Checkout, the Portal, an invoice. Plain, and each says that nothing is paid."""

from html import escape

from infra.fakes.stripe.customers import CARDS
from infra.fakes.stripe.sessions import trial_days
from infra.fakes.stripe.state import State, Thing
from infra.fakes.stripe.subscriptions import OPEN

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#221a29;"
    "background:#fff}button,a.go{display:block;width:100%;min-height:44px;margin:.5rem 0;font:inherit;text-align:left;"
    "padding:.5rem 1rem;border:1px solid #7a6f85;border-radius:.5rem;background:#fff;color:inherit;"
    "box-sizing:border-box;text-decoration:none}"
    ".test{background:#fcefdc;color:#5f3404;padding:.5rem 1rem;border-radius:.5rem}.no{color:#a01313;font-weight:600}"
)


def page(title: str, body: str, *, said: str = "", wrong: str = "") -> bytes:
    told = (
        f'<p class="no" role="alert">{escape(wrong)}</p>'
        if wrong
        else f"<p role=status>{escape(said)}</p>"
        if said
        else ""
    )
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style><main><p class=test>Test billing: no money moves.</p>"
        f"<h1>{escape(title)}</h1>{told}{body}</main></html>"
    ).encode()


def cents(amount: int) -> str:
    return f"${amount / 100:,.2f}" if amount >= 0 else f"-${-amount / 100:,.2f}"


def checkout(state: State, session: Thing, *, wrong: str = "") -> bytes:
    if session["status"] != "open":
        return page("This page was used already", "")
    days = trial_days(state, session)
    given = state.of("checkout.given")[session["id"]]["line_items"]
    rows = "".join(f"<li>{_item(state.get('price', one['price']), one)}</li>" for one in given)
    without = (
        "<button name=card value=''>Begin the trial without a card</button>"
        if days and session["payment_method_collection"] == "if_required"
        else ""
    )
    verb = f"Begin {days} days of trial" if days else "Pay"
    back = f"<a class=go href='{escape(session['cancel_url'] or '')}'>Back, without paying</a>"
    return page("Checkout", f"<ul>{rows}</ul><form method=post>{without}{_cards(verb)}</form>{back}", wrong=wrong)


def portal(state: State, session: Thing, *, said: str = "", wrong: str = "") -> bytes:
    mine = [one for one in state.of("subscription").values() if one["customer"] == session["customer"]]
    owed = [
        one
        for one in state.of("invoice").values()
        if one["customer"] == session["customer"] and one["status"] == "open"
    ]
    body = "<h2>Card</h2>" + _cards("Keep")
    body += "".join(
        f"<h2>Open invoice {one['number']}</h2>"
        f"<button name=pay value={one['id']}>Pay {cents(one['amount_due'])}</button>"
        for one in owed
    )
    for one in mine:
        if one["status"] in OPEN:
            body += "<h2>Subscription</h2>" + (
                "<button name=ends value=false>Let it go on</button>"
                if one["cancel_at_period_end"]
                else "<button name=ends value=true>End it with the period</button>"
            )
    back = f"<a class=go href='{escape(session['return_url'] or '')}'>Back to the practice</a>"
    return page("Billing portal", f"<form method=post>{body}</form>{back}", said=said, wrong=wrong)


def invoice(found: Thing) -> bytes:
    rows = "".join(f"<li>{escape(one['description'])}: {cents(one['amount'])}</li>" for one in found["lines"]["data"])
    return page(f"Invoice {found['number']}", f"<ul>{rows}</ul><p>{found['status']}: {cents(found['amount_due'])}</p>")


def pdf(found: Thing) -> bytes:
    """One page of plain text (PDF 1.4)."""
    lines = [
        "Test billing: no money moves.",
        f"Invoice {found['number']}",
        *(f"{one['description']}: {cents(one['amount'])}" for one in found["lines"]["data"]),
        f"{found['status']}: {cents(found['amount_due'])}",
    ]
    words = " T* ".join(f"({one.encode('latin-1', 'replace').decode('latin-1')}) Tj" for one in map(_of_pdf, lines))
    stream = f"BT /F1 12 Tf 16 TL 72 720 Td {words} ET".encode("latin-1")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))


def _of_pdf(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _cards(verb: str) -> str:
    return "".join(f"<button name=card value={end}>{verb}: {words} (…{end})</button>" for end, words in CARDS.items())


def _item(price: Thing, one: dict[str, str]) -> str:
    if price["unit_amount"] is None:
        return escape(price["nickname"])
    each = f"{cents(price['unit_amount'])} a {price['recurring']['interval']}"
    return f"{one.get('quantity', 1)} × {escape(price['nickname'])}, {each}"
