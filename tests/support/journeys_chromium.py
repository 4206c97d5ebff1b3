"""A browser of its own that a test may kill."""

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def launch(browser, chromium, mark):
    """Start another browser, whose processes carry this mark."""
    return browser.browser_type.launch(executable_path=chromium, args=[*QUIET, mark])
