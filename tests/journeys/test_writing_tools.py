"""Writing with the editor's help: pasted, kept, drawn, quoted – and nothing lost on the way."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, enhanced, sideways_scroll
from tests.journeys.writing import fill_card, press

pytestmark = pytest.mark.xdist_group("site")

WORD = Path(__file__).with_name("word.html").read_text("utf-8")
PASTE = """([selector, kinds, file]) => {
  const field = document.querySelector(selector), data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  if (file) data.items.add(new File([Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0))], "двор.png", {type: "image/png"}));
  field.focus();
  return field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIAAAjAAH/cEjwMgAAAABJRU5ErkJggg=="
# What other programs put on the clipboard, and what should come of it.
COPIED = {
    "<b style='font-weight:normal' id='docs-internal-guid-1'><h2>Итоги</h2>"
    "<p><span style='font-weight:700'>Жирно</span><span> и нет</span></p>"
    "<ul><li><p>раз</p></li><ul><li><p>внутри</p></li></ul><li><p>два</p></li></ul></b>": (
        "### Итоги\n\n**Жирно** и нет\n\n- раз\n  - внутри\n- два"
    ),
    "<table><col width=64><tr><td>Год</td><td>Сумма, ₽</td></tr><tr><td x:num>2022</td><td>1 700 000</td></tr>"
    "<tr><td colspan=2>всего</td></tr></table>": (
        "| Год   |  Сумма, ₽ |\n| ----- | --------: |\n| 2022  | 1 700 000 |\n| всего |           |"
    ),
    "<p><font color='red'><b>Итого:</b></font>готово</p><ol><li><p>один</p><li><p>два</p><p>ещё</p></ol>": (
        "**Итого**:готово\n\n1. один\n2. два\n\n   ещё"
    ),
    "<div onclick='x()'><script>alert(1)</script><a href='javascript:alert(1)'>плохо</a> <a href='https://a.ru/x?fbclid=1&amp;q=2'>хорошо</a>"
    "<img src=x onerror=alert(1)><blockquote>цитата</blockquote>2*2, snake_case<p># не заголовок</div>": (
        "плохо [хорошо](https://a.ru/x?q=2)\n\n> цитата\n\n2\\*2, snake_case\n\n\\# не заголовок"
    ),
    "<p>• первый</p><p>Срок<o:p>&nbsp;</o:p></p>": "- первый\n\nСрок",
}


def state(page: Page):
    return page.locator("form .save-state")


def begin(page: Page, title: str) -> None:
    """A card that could be published, saved by itself."""
    page.goto("/practices/new")
    enhanced(page)
    fill_card(page, title)
    expect(state(page)).to_contain_text("Сохранено в")
    expect(page).to_have_url(re.compile(r"/practices/\d+/edit"))


def test_a_fragment_from_word_is_published_as_a_table(arrive):
    page = arrive("employee")
    begin(page, "Практика, вставленная из Word")
    solution = page.locator("[name=solution]")
    solution.fill("")
    assert not page.evaluate(PASTE, ["[name=solution]", {"text/html": WORD, "text/plain": "Что сделали"}, None])
    expect(solution).to_have_value(re.compile(r"^## Что сделали\n\nЗаключили \*\*энергосервисный договор\*\* по \[закону 44-ФЗ\]"))
    expect(solution).to_have_value(
        re.compile(r"\n- обошли дворы;\n  - сначала у школ;\n- заменили 1.240 светильников\.\n\n1\. Замеры\n2\. Торги\n")
    )
    page.keyboard.press("Control+z")
    expect(solution).to_have_value("")
    page.evaluate(PASTE, ["[name=solution]", {"text/html": WORD}, None])
    host = page.locator("markdown-field", has=solution)
    host.get_by_role("button", name="Предпросмотр").click()
    expect(host.locator(".preview td").last).to_have_text("18")
    expect(solution).to_be_visible()
    assert axe(page) == [] and sideways_scroll(page) == 0

    page.evaluate(PASTE, ["[name=results]", {}, DOT])
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Вставить").click()
    expect(window.get_by_role("alert")).to_contain_text("что на картинке")
    window.get_by_label("Что на картинке").fill("Двор вечером")
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("[name=results]")).to_have_value(re.compile(r"!\[Двор вечером\]\(/files/\d+/picture\.\w+\)"))
    expect(page.locator("practice-readiness summary")).to_contain_text("7 из 16")
    press(page, "Опубликовать")
    table = page.locator("article .prose table").first
    expect(table.locator("th").first).to_have_text("Показатель")
    expect(table.locator("tr").last).to_contain_text("Жалобы")
    expect(page.locator("article").first).not_to_contain_text("mso")
    expect(page.get_by_role("img", name="Двор вечером")).to_have_count(1)
    page.goto("/practices/new")
    enhanced(page)
    expect(page.locator(".restore")).to_have_count(0)


def test_what_other_programs_copy_becomes_clean_markdown(arrive):
    page = arrive()
    page.goto("/about")
    made = page.evaluate(
        """async (fragments) => {
          const main = document.querySelector("script[type=module]").src;
          const { fromHtml } = await import(main.replace("main.js", "editor/from-html.js"));
          return fragments.map(fromHtml);
        }""",
        list(COPIED),
    )
    assert made == list(COPIED.values())


def test_what_the_server_did_not_take_is_offered_back(arrive):
    page = arrive("employee", width=360, dark=True)
    page.goto("/practices/new")
    enhanced(page)
    page.route("**/drafts", lambda route: route.fulfill(status=503))
    page.locator("[name=title]").fill("Практика без связи")
    page.locator("#steps").get_by_role("button", name="Добавить").click()
    page.locator("#steps [name$=-what]").last.fill("Обошли дворы")
    expect(state(page)).to_contain_text("Не сохранено")
    expect(state(page)).to_contain_text("Текст цел")
    page.goto("/practices/new")
    enhanced(page)
    banner = page.locator(".restore")
    expect(banner).to_contain_text(re.compile(r"Есть несохранённый текст от \d\d:\d\d.*Практика без связи"))
    assert axe(page) == [] and sideways_scroll(page) == 0
    other = arrive("colleague", like=page)
    other.goto("/practices/new")
    enhanced(other)
    expect(other.locator(".restore")).to_have_count(0)
    page.unroute("**/drafts")
    banner.get_by_role("button", name="Восстановить").click()
    expect(page.locator("[name=title]")).to_have_value("Практика без связи")
    expect(page.locator("#steps [name$=-what]").last).to_have_value("Обошли дворы")
    expect(state(page)).to_contain_text("Сохранено в")
    page.goto("/practices/new")
    enhanced(page)
    expect(page.locator(".restore")).to_have_count(0)


def test_the_session_ends_and_comes_back_while_typing(arrive, cookies):
    page = arrive("employee")
    begin(page, "Практика на два сеанса")
    page.context.clear_cookies()
    page.locator("[name=lessons]").fill("Лот был мал, подрядчики не пришли.")
    expect(state(page)).to_contain_text("вы вышли с сайта")
    page.context.add_cookies(cookies("employee"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state(page)).to_contain_text("Сохранено в")
    page.reload()
    expect(page.locator("[name=lessons]")).to_have_value("Лот был мал, подрядчики не пришли.")


def test_two_tabs_of_one_draft_know_of_each_other(arrive):
    page = arrive("employee")
    begin(page, "Практика двух вкладок")
    second = page.context.new_page()
    second.goto(page.url)
    enhanced(second)
    expect(second.locator(".notice", has_text="открыт и в другой вкладке")).to_be_visible()
    page.locator("[name=goals]").fill("Цели из первой вкладки")
    expect(state(page)).to_contain_text("Сохранено в")
    told = second.locator(".notice", has_text="более новый текст")
    expect(told).to_be_visible()
    second.locator("[name=goals]").fill("Цели из второй вкладки")
    expect(state(second)).to_contain_text("Здесь пока не сохраняется")
    assert axe(second) == []
    told.get_by_role("button", name="Показать тот текст").click()
    expect(second.locator("[name=goals]")).to_have_value("Цели из первой вкладки")
    second.locator(".restore").get_by_role("button", name="Восстановить").click()
    expect(second.locator("[name=goals]")).to_have_value("Цели из второй вкладки")
    expect(state(second)).to_contain_text("Сохранено в")
    expect(page.locator(".notice", has_text="более новый текст")).to_be_visible()


def test_a_comment_by_keyboard_with_a_list_a_table_and_a_quotation(arrive):
    page = arrive("colleague")
    page.goto("/practices?sort=discussed")
    page.locator("#main h3 a, #main h2 a").first.click()
    enhanced(page)
    field = page.locator("#comment-form textarea")
    field.focus()
    page.keyboard.type("Итоги")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("**Итоги**")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n- раз\nдва\n")
    expect(field).to_have_value("**Итоги**\n\n- раз\n- два\n- ")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Полужирный")).to_be_focused()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Заголовок столбца 1")).to_be_focused()
    for words in ("Год", "Сумма"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("2 000")
    assert axe(page) == []
    page.get_by_role("button", name="Вставить таблицу").press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"\| Год +\| Сумма \| +\|\n\| -+ \| -+ \| -+ \|\n"))
    page.keyboard.press("Control+z")
    expect(field).to_have_value("**Итоги**\n\n- раз\n- два\n")
    page.get_by_role("button", name="Таблица", exact=True).click()
    expect(page.get_by_label("Заголовок столбца 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.type("!")  # where one was
    expect(field).to_have_value("**Итоги**\n\n- раз\n- два\n!")
    page.keyboard.press("Backspace")

    people = {
        "items": [{"handle": "anna", "name": "Анна Петрова", "note": "Боровичи"}, {"handle": "anton", "name": "Антон Ясный", "about": ""}]
    }
    page.route("**/people/completions?*", lambda route: route.fulfill(json=people))
    page.keyboard.type("Спасибо, @ан")
    expect(page.get_by_role("option")).to_have_count(2)
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(r"Спасибо, @anton $"))

    body = page.locator(".comment .body").first
    author = page.locator(".comment .who").first.inner_text()
    body.click()
    body.evaluate("node => getSelection().selectAllChildren(node.firstElementChild)")
    quote = page.locator(".quote-button")
    expect(quote).to_be_visible()
    page.keyboard.press("Tab")
    expect(quote).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(rf"@anton\n\n\[{author}\]\(/comments/\d+\), @[\w.-]+:\n\n> \S"))
    expect(page.locator(".answering")).to_contain_text(author)
    expect(state(page)).to_contain_text("в этом браузере")
    page.reload()
    enhanced(page)
    page.locator(".restore").get_by_role("button", name="Восстановить").click()
    expect(page.locator(".answering")).to_contain_text(author)
    field.press("Control+Enter")
    expect(page.locator(".comment.new blockquote")).to_be_visible()
    page.reload()
    enhanced(page)
    expect(page.locator(".restore")).to_have_count(0)
