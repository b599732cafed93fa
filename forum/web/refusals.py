"""The words for every rule that can refuse a step. Codes come from `Refused` in the domain."""

import math

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

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
    "practice.keeper_already": _l("Этот сотрудник её и ведёт. Выберите другого."),
    "practice.municipality_kept": _l("Практика принадлежит вашему муниципалитету: передать её другому может только автор или модератор."),
    "practice.no_such_colleague": _l("Выберите сотрудника из списка."),
    "practice.donor_self": _l("Практика не может быть донором самой себе."),
    "comparison.full": _l("В сравнении уже %(most)s практики – больше рядом не помещается. Уберите одну из них."),
    "practice.donor_circle": _l("Эта практика сама взята из вашей: получился бы круг. Укажите другого донора или никакого."),
    "request.title_missing": _l("Напишите одной фразой, что нужно решить."),
    "request.problem_missing": _l("Опишите трудность: хватит двух-трёх предложений."),
    "request.municipality_missing": _l("Укажите, где это нужно решить."),
    "request.until_past": _l("Этот день уже прошёл. Выберите другой."),
    "request.until_far": _l("Выберите день в пределах года: срок потом можно продлить."),
    "request.until_missing": _l("Выберите день."),
    "request.closed": _l("Запрос уже решён."),
    "request.words_missing": _l("Напишите, что помогло, или выберите практику."),
    "request.why_missing": _l("Напишите, почему эта практика подойдёт: хватит одного предложения."),
    "request.offered_already": _l("Эту практику здесь уже предложили."),
    "request.practice_missing": _l("Такой практики нет, или она не опубликована. Вставьте адрес её страницы на этом сайте."),
    "adoption.same_stage": _l("На этом этапе вы уже стоите. Выберите другой или оставьте «Там же»."),
    "adoption.day_ahead": _l("Этот день ещё не наступил."),
    "adoption.day_wrong": _l("Проверьте год: это слишком давно."),
    "adoption.why_back": _l("Напишите, почему возвращаетесь: хватит одного предложения."),
    "adoption.note_empty": _l("Напишите, что нового."),
    "adoption.outcome_missing": _l("Напишите, что получилось."),
    "adoption.obstacle_missing": _l("Выберите, что помешало."),
    "adoption.refusal_missing": _l("Напишите, почему не получилось: это поможет тем, кто пойдёт следом."),
    "adoption.begun_anew": _l("Ваш муниципалитет уже открыл новую запись об этой практике: пишите туда."),
    "adoption.hidden_here": _l("Запись вашего муниципалитета об этой практике скрыл модератор: новую открыть нельзя."),
    "adoption.waits_here": _l("Запись вашего муниципалитета ждёт модератора. Когда он её посмотрит, вы сможете вести её вместе."),
    "adoption.last_keeper": _l("Кроме вас, запись никто не ведёт. Сначала позовите коллегу."),
    "adoption.no_result": _l("Результата пока нет."),
    "adoption.question_missing": _l("Напишите, что нужно уточнить."),
    "adoption.only_refusals_unsigned": _l("Не называть имён можно, когда муниципалитет отказался от практики."),
    "adoption.others_unsigned": _l("Запись вели и другие: их имена без них открыть нельзя."),
    "adoption.silence_unknown": _l("Выберите из списка."),
    "obstacle.name_missing": _l("Напишите, что мешает, на обоих языках."),
    "obstacle.known": _l("Такое препятствие в списке уже есть."),
    "comment.empty": _l("Комментарий пуст. Напишите хотя бы несколько слов."),
    "comment.too_long": _l("Комментарий слишком длинный: не больше %(limit)s знаков."),
    "comment.parent_gone": _l("Комментария, на который вы отвечаете, больше нет."),
    "comment.silenced": _l("Модератор на время закрыл вам обсуждения: комментарии писать нельзя, всё остальное – можно."),
    "comment.locked": _l("Обсуждение закрыто: новые комментарии не принимаются."),
    "entry.merged": _l("Модератор объединил эту запись с другой: изменить её нельзя."),
    "entry.must_be_signed": _l("Эту запись нельзя оставить без имени."),
    "practice.only_failed_unsigned": _l("Не называть имени можно у практики, которая не сработала. Выберите этот статус или оставьте имя."),
    "practice.obstacle_unknown": _l("Такого препятствия в списке нет."),
    "import.yes_or_no": _l("Нужно true или false."),
    "entry.immovable": _l("Эту запись нельзя перенести."),
    "entry.there_already": _l("Запись уже там. Выберите, что изменить."),
    "entry.unmergeable": _l("Эти записи нельзя объединить."),
    "entry.unpinnable": _l("Закрепить можно только опубликованный комментарий верхнего уровня."),
    "entry.words_same": _l("Текст не изменился."),
    "comment.no_discussion": _l("Перенести можно только в обсуждение опубликованной практики."),
    "comment.branch_too_large": _l("На этот комментарий больше %(limit)s ответов: такую ветку перенести нельзя."),
    "practice.merge_target": _l("Остаться может только другая опубликованная практика."),
    "practice.merge_source": _l("Объединить можно практику, которая опубликована или ждёт проверки."),
    "practice.outside_regions": _l("Этот муниципалитет не в ваших регионах: перенести практику туда может модератор всего сайта."),
    "moderation.taken": _l("Эту запись сейчас разбирает %(name)s, ещё %(minutes)s мин. Потом её сможете взять вы."),
    "moderation.changed": _l("Пока вы смотрели, автор изменил запись. Прочтите её ещё раз и решите снова."),
    "moderation.outside_regions": _l("Это не в ваших регионах: такое может сделать модератор всего сайта."),
    "moderation.own": _l("Это ваша собственная запись: о ней решает другой модератор."),
    "moderation.no_such_entry": _l("Такой записи нет, или она не опубликована."),
    "moderation.merge_too_large": _l("Здесь слишком много всего, чтобы объединить: больше %(limit)s."),
    "moderation.no_undo": _l("Это действие отменить нельзя."),
    "moderation.undone": _l("Это действие уже отменено."),
    "moderation.undo_late": _l("После этого всё уже изменилось: отменить нельзя. Примите новое решение."),
    "moderation.reason_missing": _l("Укажите причину: её увидит автор."),
    "demand.reason_missing": _l("Укажите причину: она попадёт в открытый журнал."),
    "moderation.reason_unknown": _l("Выберите причину из списка."),
    "moderation.note_missing": _l("Опишите, что не так."),
    "moderation.comment_not_returned": _l("Комментарий нельзя вернуть на доработку: его можно скрыть или оставить."),
    "moderation.term_invalid": _l("Укажите срок от 1 до 365 дней."),
    "moderation.template_gone": _l("Такого шаблона больше нет. Выберите другой или напишите причину сами."),
    "reason.title_missing": _l("Напишите название: по нему причину выбирают из списка."),
    "reason.text_missing": _l("Напишите текст: его прочтёт автор."),
    "reason.acts_missing": _l("Отметьте хотя бы одно действие."),
    "appeal.text_missing": _l("Напишите, почему вы не согласны с решением."),
    "appeal.outcome_missing": _l("Выберите решение: отменить прежнее или оставить в силе."),
    "appeal.made": _l("Вы уже обжаловали это решение: второй раз нельзя."),
    "appeal.judged": _l("Пока вы писали, на обращение уже ответили. Ваш ответ не отправлен: он ниже."),
    "appeal.moot": _l("Пока вы писали, решение отменили, и обращение закрылось. Ваш ответ не отправлен: он ниже."),
    "appeal.taken_back": _l("Решение уже отменено: оставить в силе нечего. Согласитесь с обращением – автор получит ваш ответ."),
    "appeal.over": _l("Это решение уже не действует: обжаловать нечего."),
    "follow.quota": _l("Вы следите уже за %(limit)s темами, людьми и местами, больше нельзя. Уберите то, что не нужно."),
    "follow.self": _l("За собой следить не нужно: об ответах на ваши записи мы сообщаем и так."),
    "saved_search.empty": _l("Сохранить можно поиск, в котором есть слова или условия: иначе подойдёт любая практика."),
    "saved_search.kind": _l("Сообщаем только о новых практиках: уберите условие «Комментарии» или «Люди»."),
    "saved_search.quota": _l("У вас уже %(limit)s сохранённых поисков, больше нельзя. Удалите те, что не нужны."),
    "saved_search.too_long": _l("Поиск слишком длинный, чтобы его сохранить: не больше %(limit)s знаков."),
    "saved_search.unknown": _l("Не знаем условия «%(value)s»: по такому поиску ничего не появится. Проверьте, как оно написано."),
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
    "file.not_picture": _l("Это не картинка. Подойдут JPEG, PNG и WebP; документы добавьте ниже, в «Файлах»."),
    "file.alt_missing": _l("Опишите, что на фото: это прочтут те, кто его не видит."),
    "password.short": _l("Пароль слишком короткий: нужно не меньше %(limit)s знаков. Подойдёт фраза из нескольких слов."),
    "password.long": _l("Пароль слишком длинный: не больше %(limit)s знаков."),
    "password.common": _l("Этот пароль стоит в списке самых частых: его подберут за минуту. Придумайте другой."),
    "password.is_email": _l("Пароль не должен совпадать с адресом почты."),
    "password.wrong": _l("Нынешний пароль не подошёл."),
    "second_factor.required": _l("Чтобы модерировать, сначала включите вход с кодом: «Настройки», «Вход с кодом»."),
    "second_factor.kept": _l("Модераторам и администраторам вход с кодом обязателен: выключить его нельзя."),
    "second_factor.recovery_wrong": _l("Запасной код не подошёл. Каждый действует один раз: введите другой."),
    "second_factor.wrong": _l("Код не подошёл. Проверьте, верно ли на телефоне время, и введите следующий код."),
    "second_factor.stale": _l("Страница успела устареть: отсканируйте новый код и введите шесть цифр ещё раз."),
    "address.same": _l("Это и есть ваш нынешний адрес."),
    "address.taken": _l("У этого адреса уже есть учётная запись: сменить почту на него нельзя."),
    "invitation.quota": _l("Сегодня вы пригласили уже %(limit)s человек, больше нельзя. Продолжите завтра."),
    "invitation.sent": _l("Этого человека вы уже пригласили: письмо отправлено, ждём ответа."),
    "invitation.own": _l("Это ваш собственный адрес."),
    "account.suspended": _l("Пока действует ограничение, рассказ о себе изменить нельзя: его видят все. Язык и письма – можно."),
    "account.email_taken": _l("Учётная запись с этой почтой уже есть."),
    "account.role_unknown": _l("Выберите роль из списка."),
    "account.region_unknown": _l("Выберите регионы из списка."),
    "account.too_many_tokens": _l("Слишком много ключей: не больше %(limit)s. Отзовите те, что не нужны."),
    "personal_data.copy_under_way": _l("Архив уже собирается."),
    "personal_data.copy_fresh": _l("Архив собран меньше часа назад: он ниже."),
    "personal_data.last_admin": _l("Вы единственный администратор: сначала назначьте другого."),
    "domain.invalid": _l("Это не похоже на домен. Напишите его так: admobninsk.ru."),
    "domain.public": _l("На этом домене почту может завести кто угодно: добавлять его нельзя."),
    "domain.known": _l("Этот домен уже в списке."),
    "synonyms.alone": _l("Нужно хотя бы два разных слова или выражения через запятую. Формы одного слова поиск знает сам."),
    "synonyms.too_many": _l("Слишком много слов: не больше %(limit)s в одной группе."),
    "synonyms.too_long": _l("«%(member)s» – слишком длинно: не больше %(limit)s знаков."),
    "synonyms.too_many_words": _l("В выражении «%(member)s» слишком много слов: не больше %(limit)s, не считая предлогов и союзов."),
    "synonyms.nothing": _l("В «%(member)s» поиску не за что зацепиться: нужны слова, а не знаки, предлоги или союзы."),
    "synonyms.thin": _l("От «%(member)s» для поиска остаётся одно слово: с ним нашлось бы слишком много. Уточните выражение."),
    "synonyms.known": _l("«%(member)s» уже есть в группе «%(group)s». Дополните её или уберите слово оттуда."),
    "import.row": _l("Строка – не объект JSON."),
    "import.json": _l("Строка не читается как JSON."),
    "import.encoding": _l("Строка не в кодировке UTF-8."),
    "import.cells": _l("В строке больше ячеек, чем в заголовке."),
    "import.formula": _l("В ячейке формула. Замените её значением."),
    "import.missing": _l("Не заполнено."),
    "import.text": _l("Здесь нужен текст."),
    "import.too_long": _l("Слишком длинно: не больше %(limit)s знаков."),
    "import.too_many": _l("Слишком много строк: не больше %(limit)s."),
    "import.figure": _l("Здесь нужно число."),
    "import.whole": _l("Здесь нужно целое число, не меньше нуля."),
    "import.month": _l("Здесь нужен месяц вида 2024-03."),
    "import.day": _l("Здесь нужна дата вида 2024-03-15."),
    "import.order": _l("Окончание раньше начала."),
    "import.list": _l("Здесь нужен список."),
    "import.object": _l("Здесь нужен объект с именованными полями."),
    "import.status": _l("Нет такого статуса. Подойдут: %(choices)s."),
    "import.resource": _l("Нет такого вида ресурса. Подойдут: %(choices)s."),
    "import.source": _l("Нет такого источника. Подойдут: %(choices)s."),
    "import.region": _l("Нет региона с кодом «%(region)s»."),
    "import.region_needed": _l("Укажите код региона: по одному названию «%(name)s» его не определить."),
    "import.nomination": _l("Нет такой номинации. Подойдут: %(choices)s."),
    "import.donor": _l("Нет практики с внешним номером «%(name)s»."),
    "import.repeated": _l("Такой же external_id уже был в строке %(line)s."),
    "demo.seed_used": _l("Объём с этим числом уже загружен."),
    "trust.links": _l("Слишком много ссылок: пока вам можно не больше %(limit)s в одном тексте. Оставьте самые нужные."),
    "trust.word": _l("Со словами «%(words)s» здесь не публикуют. Уберите их, и текст можно будет отправить."),
    "words.missing": _l("Напишите слово или выражение."),
    "words.too_long": _l("Слишком длинно: не больше %(limit)s знаков."),
    "words.too_many_words": _l("Слишком много слов: не больше %(limit)s в одном выражении."),
    "words.nothing": _l("Здесь нет ни одного слова: одни знаки."),
    "words.known": _l("Это уже есть в списке: «%(words)s»."),
    "words.full": _l("В списке уже %(limit)s выражений, больше нельзя. Уберите те, что не нужны."),
    "form.trap": _l("Похоже, форму заполнила программа: в скрытом поле что-то написано. Мы его очистили – нажмите кнопку ещё раз."),
    "too_often": _l("Слишком много за короткое время. Попробуйте через %(time)s."),
}


def seconds_left(refusal: Refused) -> int:
    """How long to wait after a refusal `too_often` (seconds or minutes)."""
    return int(refusal.params.get("seconds") or 60 * refusal.params.get("minutes", 1))


def time_left(seconds: float) -> str:
    """A time to wait, in words that follow «через»: rounded up, so that it is never too early."""
    if seconds < 60:
        return ngettext("%(num)s секунду", "%(num)s секунд", max(1, math.ceil(seconds)))
    if seconds <= 90 * 60:
        return ngettext("%(num)s минуту", "%(num)s минут", math.ceil(seconds / 60))
    return ngettext("%(num)s час", "%(num)s часов", math.ceil(seconds / 3600))


def too_often(seconds: float) -> str:
    """That something was done too often, and when it may be done again."""
    return str(WORDS["too_often"]) % {"time": time_left(seconds)}


def status(refusal: Refused) -> int:
    """The status of the answer: 429 where waiting helps, else 422."""
    return 429 if refusal.code == "too_often" else 422


def words(refusal: Refused) -> str:
    """What to tell the person."""
    if refusal.code == "too_often":
        return too_often(seconds_left(refusal))
    text = WORDS.get(refusal.code)
    if text is None:
        return refusal.code
    return str(text) % refusal.params if refusal.params else str(text)
