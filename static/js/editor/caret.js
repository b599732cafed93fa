const COPIED = ["boxSizing", "width", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth", "borderBottomWidth",
  "borderLeftWidth", "fontFamily", "fontSize", "fontWeight", "fontStyle", "letterSpacing", "lineHeight", "textTransform", "wordSpacing", "tabSize"];

/** Where a place of a textarea's text is on the page: {left, top, height} in pixels from the page's corner. */
export function placeOf(field, index) {
  const style = getComputedStyle(field), mirror = document.createElement("div"), mark = document.createElement("span");
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", borderStyle: "solid", top: 0, left: 0 });
  mark.textContent = "\u200b";
  mirror.append(field.value.slice(0, index), mark);
  document.body.append(mirror);
  const box = field.getBoundingClientRect(), inner = mirror.getBoundingClientRect(), at = mark.getBoundingClientRect();
  mirror.remove();
  return { left: box.left + scrollX + at.left - inner.left, top: box.top + scrollY + at.top - inner.top - field.scrollTop, height: at.height };
}
