"""Reading what a page says, as its reader does."""

import re

from bs4 import BeautifulSoup


def words(answer):
    soup = BeautifulSoup(answer.content, "html.parser")
    return re.sub(r"\s+", " ", soup.find("main").get_text(" "))
