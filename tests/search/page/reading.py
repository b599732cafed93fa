"""What stands on a results page."""


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def titles(page) -> list[str]:
    """Titles of the results, in order."""
    lists = (ul for ul in page.tree.iter("ul") if ul.get("class") == "results")
    return [words(heading) for ul in lists for heading in ul.iter("h2")]


def result(page, title: str) -> str:
    """All words of the result of that title."""
    lists = (ul for ul in page.tree.iter("ul") if (ul.get("class") or "").startswith("results"))
    return next(words(li) for ul in lists for li in ul if any(words(h) == title for h in li.iter() if h.tag in ("h2", "h3")))


def facet(page, title: str) -> list[str]:
    """The values of a facet with their counts, in order, the folded ones too; empty where it is not shown."""
    return [_value(a) for section in _sections(page, title) for a in section.iter("a")]


def folded(page, title: str) -> list[str]:
    """Those of a facet that stand behind «ещё»."""
    return [_value(a) for section in _sections(page, title) for more in section.iter("details") for a in more.iter("a")]


def _sections(page, title: str) -> list:
    return [s for s in page.tree.iter("section") if s.get("class") == "facet" and words(s.find("h2")) == title]


def _value(a) -> str:
    return " ".join(words(span) for span in a.iter("span"))


def link(page, text: str) -> str:
    """The address behind the words; a count after them, or the sign of removal, may follow."""
    for a in page.tree.find(".//main").iter("a"):
        said = words(a).rstrip("× ")
        if said == text or (said.startswith(text) and said.removeprefix(text).strip().isdigit()):
            return a.get("href")
    raise AssertionError(f"no link {text!r}")


def chips(page) -> dict[str, str]:
    """The chips: what each says, and where its removal leads."""
    found = [a for a in page.tree.iter("a") if a.get("class") == "chip"]
    return {words(a).removeprefix("Убрать: ").rstrip("×").strip(): a.get("href") for a in found}


def tabs(page) -> list[str]:
    return [words(a) for nav in page.tree.iter("nav") if nav.get("class") == "tabs" for a in nav.iter("a")]
