"""What a document probably is, by its name: a beginning for the author, who knows better."""

import re

from forum.attachments.models import DocumentKind

# The first that fits; words as they begin.
_BEGINNINGS = {
    DocumentKind.ESTIMATE: ("смет", "калькуляц"),
    DocumentKind.TERMS: ("тз ", "техзадан", "техническое зад"),
    DocumentKind.CONTRACT: ("договор", "контракт", "соглашен"),
    DocumentKind.SLIDES: ("презентац", "слайд"),
    DocumentKind.ACT: ("постановлен", "распоряжен", "решени", "приказ", "закон", "устав"),
    DocumentKind.REGULATION: ("положени", "порядок", "регламент"),
}
_WORD = re.compile(r"[^\W\d_]+")


def guessed_kind(name: str) -> DocumentKind:
    """«Смета дворы.xlsx» is an estimate; what says nothing is «другое»."""
    words = f" {' '.join(_WORD.findall(name.lower()))} "
    for kind, beginnings in _BEGINNINGS.items():
        if any(f" {beginning}" in words for beginning in beginnings):
            return kind
    return DocumentKind.OTHER
