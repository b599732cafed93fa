"""The words for every rule that can refuse a step. Codes come from `Refused` in the domain."""

from flask_babel import lazy_gettext as _l

from forum.core.errors import Refused

WORDS = {
    "entry.hidden_by_moderator": _l("Модератор скрыл эту запись. Изменить её нельзя, пока он её не вернёт."),
    "entry.not_public": _l("Эта запись не опубликована."),
    "practice.title_missing": _l("Напишите название."),
    "practice.summary_missing": _l("Напишите, в чём суть практики: одно-два предложения."),
    "practice.municipality_missing": _l("Выберите муниципальное образование."),
    "practice.nomination_missing": _l("Выберите номинацию."),
    "practice.problem_missing": _l("Опишите ситуацию до внедрения."),
    "practice.solution_missing": _l("Опишите решение."),
    "practice.results_missing": _l("Опишите результаты."),
    "practice.donor_self": _l("Практика не может быть донором самой себе."),
    "comment.empty": _l("Комментарий пуст. Напишите хотя бы несколько слов."),
    "comment.too_long": _l("Комментарий слишком длинный: не больше %(limit)s знаков."),
    "comment.parent_gone": _l("Комментария, на который вы отвечаете, больше нет."),
    "comment.locked": _l("Обсуждение закрыто: новые комментарии не принимаются."),
    "moderation.reason_missing": _l("Укажите причину: её увидит автор."),
    "moderation.reason_unknown": _l("Выберите причину из списка."),
    "moderation.note_missing": _l("Опишите, что не так."),
    "moderation.comment_not_returned": _l("Комментарий нельзя вернуть на доработку: его можно скрыть или оставить."),
    "moderation.term_invalid": _l("Укажите срок от 1 до 365 дней."),
    "vote.own": _l("За свою запись голосовать нельзя."),
    "vote.value": _l("Голос может быть только «полезно», «не полезно» или никакой."),
    "text.too_long": _l("Текст слишком длинный: не больше %(limit)s знаков."),
    "text.too_deep": _l("В тексте слишком много вложенных цитат или списков. Упростите разметку."),
    "text.too_complex": _l("Разметка слишком сложна: разбейте текст на части или уберите лишние ссылки и таблицы."),
    "file.bomb": _l("Архив внутри файла слишком велик в распакованном виде."),
    "file.active": _l("В файле есть макросы или программы. Сохраните его без них и загрузите снова."),
    "file.type": _l("Файл такого вида не принимается. Подойдут PDF, DOCX, XLSX, ODT, ODS, CSV, TXT и картинки JPEG, PNG, WebP."),
    "file.too_large": _l("Файл слишком велик: картинки – до 10 МБ, документы – до 20 МБ."),
    "file.pixels": _l("Картинка слишком велика: не больше 40 мегапикселей."),
    "file.empty": _l("Файл пуст."),
    "file.broken": _l("Файл повреждён: открыть его не удалось."),
    "file.too_many": _l("Слишком много файлов: не больше %(limit)s у одной практики."),
    "file.alt_missing": _l("Опишите, что на фото: это прочтут те, кто его не видит."),
    "password.short": _l("Пароль слишком короткий: нужно не меньше %(limit)s знаков. Подойдёт фраза из нескольких слов."),
    "password.long": _l("Пароль слишком длинный: не больше %(limit)s знаков."),
    "password.common": _l("Этот пароль стоит в списке самых частых: его подберут за минуту. Придумайте другой."),
    "password.is_email": _l("Пароль не должен совпадать с адресом почты."),
    "password.wrong": _l("Нынешний пароль не подошёл."),
    "account.email_taken": _l("Учётная запись с этой почтой уже есть."),
    "account.role_unknown": _l("Выберите роль из списка."),
    "account.region_unknown": _l("Выберите регионы из списка."),
    "account.too_many_tokens": _l("Слишком много ключей: не больше %(limit)s. Отзовите те, что не нужны."),
    "domain.invalid": _l("Это не похоже на домен. Напишите его так: admobninsk.ru."),
    "domain.known": _l("Этот домен уже в списке."),
    "too_often": _l("Слишком много попыток. Попробуйте через %(minutes)s мин."),
}


def words(refusal: Refused) -> str:
    """What to tell the person."""
    text = WORDS.get(refusal.code)
    if text is None:
        return refusal.code
    return str(text) % refusal.params if refusal.params else str(text)
