"""The whole way of a member in a real browser: from the invitation's mail to the dashboard, by keyboard, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import faults, fill_by_keyboard, tab_to
from seen_pages import DOOR, PORTAL, PRACTICE

pytestmark = [pytest.mark.browser, pytest.mark.once]


class Mailbox:
    """The demo's own page with mails."""

    def __init__(self, page, server):
        self.page, self.server = page, server

    def newest(self, subject):
        self.page.goto(f"{self.server}/demo/")
        self.page.locator("main li a", has_text=subject).first.click()
        return self.page.locator(".prose").inner_text()


@pytest.fixture
def mailbox(visit, server):
    return Mailbox(visit("/healthz").page, server)


def invite(page, server, email, role):
    page.goto(f"{server}{PRACTICE}uitnodigen/")
    page.fill("[name=email]", email)
    page.select_option("[name=role]", role)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"**{PRACTICE}")


def come_by_invitation(page, mailbox, email, first_name):
    """Go from the mail to the account by keyboard, looking at every page with axe."""
    found = []
    link = re.search(r"https?://\S+", mailbox.newest("Uitnodiging"))[0]
    page.goto(link)
    found += faults(page)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/")
    found += faults(page)
    code = re.search(r"\b\d{6}\b", mailbox.newest("Je code voor Thuisbasis"))[0]
    fill_by_keyboard(page, {"[name=code]": code})
    page.wait_for_url("**/account/")
    found += faults(page)
    names = {"[name=first_name]": first_name, "[name=last_name]": "Nieuw", "[name=password]": "vier gewone woorden"}
    fill_by_keyboard(page, names)
    return found


@pytest.fixture
def invited(visit, server, as_coordinator):
    """A coordinator invites a new coordinator, who will need a second step; each test its own address."""

    def by(email):
        invite(visit("/healthz", **as_coordinator).page, server, email, "coordinator")
        return visit("/healthz", width=360).page

    return by


def totp(secret):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_from_the_invitation_to_the_dashboard_with_an_app_by_keyboard_on_a_phone(invited, server, mailbox):
    page = invited("app@example.nl")
    found = come_by_invitation(page, mailbox, "app@example.nl", "Appie")
    page.wait_for_url("**/account/tweede-stap/")
    found += faults(page)
    page.goto(f"{server}/leden/mensen/")
    assert page.url.endswith("/account/tweede-stap/"), "everything else waits"
    tab_to(page, "main a[href$='/app/aanzetten/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/aanzetten/")
    found += faults(page)
    secret = page.locator("#authenticator_secret").input_value()
    fill_by_keyboard(page, {"[name=code]": totp(secret)}, submit="main form button[type=submit]")
    page.wait_for_url("**/herstelcodes/")
    found += faults(page)
    assert re.search(r"\d{8}", page.locator("#recovery_codes").input_value())
    tab_to(page, "#codes_saved")
    page.keyboard.press("Space")
    page.goto(f"{server}/leden/")
    assert "Dag Appie" in page.locator("h1").inner_text()
    found += faults(page)
    assert found == []


def test_from_the_invitation_to_the_dashboard_with_a_passkey_and_in_again_without_a_password(
    invited, server, mailbox, visit
):
    page = invited("passkey@example.nl")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    found = come_by_invitation(page, mailbox, "passkey@example.nl", "Passy")
    page.wait_for_url("**/account/tweede-stap/")
    tab_to(page, "main a[href$='/passkeys/toevoegen/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/passkeys/toevoegen/")
    found += faults(page)
    tab_to(page, "#id_passwordless")
    page.keyboard.press("Space")
    tab_to(page, "#mfa_webauthn_add")
    page.keyboard.press("Enter")
    page.wait_for_url("**/herstelcodes/")
    page.goto(f"{server}/leden/")
    assert "Dag Passy" in page.locator("h1").inner_text()
    page.goto(f"{server}/account/uitloggen/")
    page.click("main form button[type=submit]")
    page.goto(f"{server}/account/inloggen/")
    tab_to(page, "#passkey_login")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leden/")
    assert "Dag Passy" in page.locator("h1").inner_text()
    assert found == []


@pytest.mark.parametrize("path", PORTAL)
def test_axe_finds_nothing_on_the_pages_of_members_and_nothing_goes_wrong_there(visit, server, as_coordinator, path):
    watched = visit(path, **as_coordinator)
    assert watched.page.url == f"{server}{path}", "somebody who may be here is led away"
    assert faults(watched.page) == []
    assert watched.messages == []
    assert watched.foreign == []
    assert watched.failures == []


@pytest.mark.parametrize("path", DOOR)
def test_axe_finds_nothing_on_the_pages_at_the_door(visit, path):
    assert faults(visit(path).page) == []


def test_the_portal_works_without_javascript(visit, server, as_coordinator):
    page = visit("/healthz", java_script_enabled=False, **as_coordinator).page
    page.goto(f"{server}{PRACTICE}uitnodigen/lijst/")
    page.fill("[name=text]", "zonder@example.nl")
    page.click("text=Bekijk de lijst")
    page.click("text=Verstuur deze uitnodigingen")
    page.locator("text=zonder@example.nl").first.wait_for()


def test_a_mail_in_our_look_asks_nothing_of_anybody(visit, server, mailbox, as_coordinator):
    invite(visit("/healthz", **as_coordinator).page, server, "look@example.nl", "member")
    mailbox.newest("Uitnodiging")
    address = mailbox.page.locator("text=Bekijk met opmaak").get_attribute("href")
    # The demo shows it in a sandbox, where axe cannot run: look at the same mail outside it.
    letter = mailbox.page.request.get(f"{server}{address}")
    assert "sandbox" in letter.headers["content-security-policy"]
    page, asked = visit("/healthz").page, []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(letter.text())
    page.locator("a.button").wait_for()
    assert Axe().run(page).violations_count == 0
    assert asked == []
