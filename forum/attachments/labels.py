"""What kinds, licences and states of texts are called."""

from flask_babel import lazy_gettext as _l

from forum.attachments.models import DocumentKind, Licence, TextState
from forum.entries.labels import Words

KINDS: Words = {
    DocumentKind.ACT: _l("Постановление, правовой акт"),
    DocumentKind.TERMS: _l("Техническое задание"),
    DocumentKind.ESTIMATE: _l("Смета"),
    DocumentKind.CONTRACT: _l("Договор, контракт"),
    DocumentKind.REGULATION: _l("Положение, порядок"),
    DocumentKind.SLIDES: _l("Презентация"),
    DocumentKind.OTHER: _l("Другое"),
}
LICENCES: Words = {
    Licence.FREE: _l("свободно"),
    Licence.CREDIT: _l("с указанием источника"),
    Licence.VIEW: _l("только для ознакомления"),
}
# What a licence means, for those who take the document home.
MEANINGS: Words = {
    Licence.FREE: _l("берите за основу, меняйте, ссылаться не обязательно"),
    Licence.CREDIT: _l("берите и меняйте, но назовите муниципалитет, у которого взяли"),
    Licence.VIEW: _l("читайте и сверяйтесь; чтобы взять за основу, спросите авторов"),
}
# Told to those who may edit: why a document is found by its words, or is not.
TEXT_STATES: Words = {
    TextState.WAITING: _l("Текст ещё читается: обновите страницу через минуту."),
    TextState.DONE: _l("Текст извлечён: опубликованную практику найдут и по нему."),
    TextState.CUT: _l("Документ длинный: поиск видит только его начало."),
    TextState.EMPTY: _l("Текста нет – похоже, это скан. Поиск по нему не работает."),
    TextState.LOCKED: _l("Не удалось прочесть: файл защищён паролем."),
    TextState.BROKEN: _l("Не удалось прочесть: файл повреждён или устроен необычно."),
    TextState.TOO_MUCH: _l("Не удалось прочесть: документ слишком большой или сложный."),
}
