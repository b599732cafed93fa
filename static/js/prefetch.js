// A guest's next page, fetched while the pointer rests on the way to it: never by who saves data or has a slow line, and only pages
// that are the same for all guests (`nofollow` marks those that are not, or do something).
const line = navigator.connection;
const sparing = line?.saveData || /2g/.test(line?.effectiveType ?? "") || matchMedia("(prefers-reduced-data: reduce)").matches;
const PUBLIC = /^\/($|(practices|regions|municipalities|tags|people|help|about|search)\b)/;
const MOST = 8;
const seen = new Set([location.href.split("#")[0]]);

function wanted({ href, origin, pathname, rel, target, download }) {
  return origin === location.origin && PUBLIC.test(pathname) && !/nofollow/.test(rel) && !target && !download && !seen.has(href.split("#")[0]) && seen.size <= MOST;
}

let waiting;
function consider(event) {
  clearTimeout(waiting);
  const link = event.target.closest?.("a[href]");
  if (!link || link instanceof SVGElement || !wanted(link)) return;
  waiting = setTimeout(() => {
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = link.href.split("#")[0];
    seen.add(hint.href);
    document.head.append(hint);
  }, event.type === "touchstart" ? 0 : 90);
}

if (!sparing) for (const type of ["mouseover", "focusin", "touchstart"]) document.addEventListener(type, consider, { passive: true });
