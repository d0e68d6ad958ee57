// The table of the tests: search, filter, sort, a page of rows at a time, and the details of a row when it is opened.

const ROWS_AT_A_TIME = 100;
const BUFFERS_AT_FIRST = 25;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function pill(verdict) {
  return element("span", {class: "pill " + verdict, text: WORDS[verdict] || verdict});
}

/** A table of plain texts; columns that start with "#" hold numbers. */
function plainTable(columns, lines) {
  const cell = (kind, column, content) => {
    const long = typeof content === "string" && content.length > 40 && kind === "td";
    const made = element(kind, column.startsWith("#") ? {class: "number"} : long ? {class: "wide"} : {});
    made.append(content);
    return made;
  };
  return element("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": columns.map(column => column.replace("#", "")).join(", ")},
    element("table", {},
      element("thead", {}, element("tr", {}, ...columns.map(column => cell("th", column, column.replace("#", ""))))),
      element("tbody", {}, ...lines.map(line =>
        element("tr", {}, ...line.map((content, i) => cell("td", columns[i], content)))))));
}

/** The same, with a button for what is beyond the first lines. */
function cappedTable(columns, lines, atFirst) {
  const place = element("div", {}, plainTable(columns, lines.slice(0, atFirst)));
  if (lines.length > atFirst) {
    const more = element("button", {type: "button", text: `Show ${plural(lines.length - atFirst, "more row")}`});
    more.onclick = () => place.replaceChildren(plainTable(columns, lines));
    place.append(more);
  }
  return place;
}

function facts(pairs) {
  return element("dl", {class: "facts"}, ...pairs.flatMap(([term, text]) => [element("dt", {text: term}), element("dd", {text})]));
}

function cacheText(row) {
  return (row.cacheBytes ? bytes(row.cacheBytes) + " in " : "") + programs(row.check.cache);
}

function programs(cache) {
  if (!cache.uncounted) return plural(cache.programs, "program");
  return cache.programs ? `at least ${plural(cache.programs, "program")}` : "an unknown number of programs";
}

function residue(row, most) {
  if (!row.left.size) return null;
  const grid = element("div", {class: "residue"});
  const colour = row.verdict === "within-baseline" || row.verdict === "known" ? "allowed" : "leaked";
  for (const [kind, amount] of row.left) {
    const bar = element("i", {class: colour});
    bar.style.width = 100 * share(amount, most) + "%";
    grid.append(element("span", {text: kind}), element("span", {}, bar), element("span", {class: "bytes", text: bytes(amount)}));
  }
  return grid;
}

function findingTable(findings) {
  const worst = [...findings].sort((a, b) => SEVERITY.indexOf(a.verdict) - SEVERITY.indexOf(b.verdict));
  return plainTable(["device", "kind", "#before", "#after", "#left", "#allowed", "verdict"], worst.map(finding => [
    ranges(devicesOf(finding.devices)), finding.kind, bytes(finding.before), bytes(finding.after), bytes(finding.left),
    bytes(finding.allowed), pill(finding.verdict)]));
}

function process(pid, command, own) {
  return `pid ${pid} ${pid === own ? "(this JVM)" : command || ""}`.trim();
}

function buffers(leak, own) {
  if (!leak.buffers.length) return [];
  const commands = new Map(leak.commands.map(of => [of.pid, of.command]));
  const kept = leak.buffers.length < leak.buffersInAll ? `; the first ${leak.buffers.length} are kept` : "";
  return [
    element("h3", {text: plural(leak.buffersInAll, "buffer") + " left" + kept}),
    cappedTable(["#device", "kind", "address", "#size", "#references", "into the test", "process"], leak.buffers.map(buffer => [
      String(buffer.device), buffer.kind, element("code", {text: buffer.address}), bytes(buffer.size),
      `${buffer.refCount} of ${buffer.allocations}`, duration(buffer.sinceStartNanos),
      process(buffer.pid, commands.get(buffer.pid), own)]), BUFFERS_AT_FIRST)
  ];
}

function diagnoses(leak) {
  return leak.diagnoses.flatMap(diagnosis => [element("div", {class: "diagnosis"},
    element("strong", {text: "Likely: " + diagnosis.conclusion}), element("span", {class: "quiet", text: ` [${diagnosis.rule}]`}),
    element("p", {text: diagnosis.evidence}),
    diagnosis.fixes.length ? element("ul", {}, ...diagnosis.fixes.map(fix => element("li", {text: fix}))) : null)]);
}

function told(failure, own) {
  const parts = [];
  const leak = failure.leak;
  if (leak) {
    parts.push(...diagnoses(leak), findingTable(leak.findings), ...buffers(leak, own));
    const more = [];
    if (leak.fingerprint) more.push(["fingerprint", leak.fingerprint]);
    leak.ended.forEach(process => more.push(["ended without freeing",
      `pid ${process.pid} ${process.command}: ${plural(process.buffers, "buffer")}; the driver has taken them back`]));
    if (more.length) parts.push(facts(more));
    if (leak.dump) {
      parts.push(element("p", {}, "All live buffers: ", element("a", {href: encodeURIComponent(leak.dump), text: leak.dump})));
    }
  }
  parts.push(element("h3", {text: failure.failed ? "Message" : "Message (only a warning)"}),
    element("pre", {tabindex: 0, text: failure.message}));
  return parts;
}

function details(row) {
  const check = row.check;
  const parts = row.told.flatMap(failure => told(failure, REPORT.runs[row.run].pid));
  if (!row.told.some(failure => failure.leak) && check.left) parts.unshift(findingTable(check.left));
  const pairs = [["class", check.class], ["checked in", `pid ${REPORT.runs[row.run].pid}, ${duration(check.startNanos)} after the run began`]];
  if (check.outcome) pairs.push(["the test itself", check.outcome]);
  if (check.cache) {
    pairs.push(["program cache", `${programs(check.cache)} held ${bytes(row.cacheBytes)} on `
      + `${plural(check.cache.devices, "open device")}; ` + (check.cache.notCleared || "cleared after the test")]);
  }
  pairs.push(["cost of the check", `${duration(row.cost)}: ${duration(check.cost.mark)} to mark, ${duration(check.cost.clear)} to clear caches, `
    + `${duration(check.cost.measure)} to measure`]);
  if (waited(check)) {
    pairs.push(["besides", `${duration(check.cost.collect)} in garbage collections that were forced, ${duration(check.cost.settle)} of waiting`]);
  }
  (check.notes || []).forEach(note => pairs.push(["note", note]));
  row.attempts.slice(0, -1).forEach((attempt, i) => pairs.push([`attempt ${i + 1}`, WORDS[attempt.verdict]
    + (attempt.told.length ? ": " + firstSentence(attempt.told[0].message) : "")]));
  parts.push(element("h3", {text: "Check"}), facts(pairs));
  return parts;
}

const COLUMNS = [
  {name: "Test", key: row => row.check.name, text: true},
  {name: "Verdict", key: row => SEVERITY.indexOf(row.verdict)},
  {name: "Left on all devices", key: row => row.leftBytes, most: true},
  {name: "Cache held", key: row => row.cacheBytes || row.programs, most: true, number: true},
  {name: "Cost", key: row => row.cost, most: true, number: true}
];

function showTests(rows) {
  const body = document.querySelector("#rows tbody");
  const search = document.getElementById("search");
  const more = document.getElementById("more");
  const shownText = document.getElementById("shown");
  document.getElementById("rows").className = "cards";
  const most = rows.reduce((highest, row) => Math.max(highest, ...row.left.values()), 1);
  const bySlug = new Map(rows.map(row => [row.slug, row]));
  let only = "all";
  let column = 1;
  let descending = false;
  let chosen = [];
  let shown = 0;

  function line(row) {
    const button = element("button", {type: "button", "aria-expanded": "false", "aria-label": "Details of " + row.check.name, text: "\u25b8"});
    const link = element("a", {href: "#test-" + encodeURIComponent(row.slug)}, row.check.name,
      element("small", {text: row.check.class.replace(/\.?[^.]*$/, "") + (row.check.scope === "test" ? "" : " \u00b7 "
        + (row.check.scope === "class" ? "the class as a whole" : "all repetitions together"))}));
    const verdict = element("td", {"data-label": "Verdict"}, pill(row.verdict));
    if (row.attempts.length > 1) verdict.append(" ", element("span", {class: "quiet", text: plural(row.attempts.length, "attempt")}));
    const cache = element("td", {class: "number", "data-label": "Cache held",
      text: row.cacheBytes || row.programs ? cacheText(row) : ""});
    const spent = element("td", {class: "number", "data-label": "Cost", text: row.check.scope === "repetitions" ? "" : duration(row.cost)});
    const made = element("tr", {id: "test-" + row.slug, class: "test"},
      element("td", {}, element("div", {class: "name"}, button, link)), verdict,
      element("td", {"data-label": "Left"}, residue(row, most)), cache, spent);
    if (!row.left.size) made.children[2].removeAttribute("data-label");
    if (!cache.textContent) cache.removeAttribute("data-label");
    button.onclick = () => toggle(made, row);
    return made;
  }

  function toggle(at, row) {
    const open = at.classList.toggle("open");
    const button = at.querySelector("button");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "\u25be" : "\u25b8";
    if (open) at.after(element("tr", {class: "details"}, element("td", {colspan: COLUMNS.length}, ...details(row))));
    else at.nextElementSibling.remove();
  }

  function showMore(upTo) {
    const next = chosen.slice(shown, upTo);
    body.append(...next.map(line));
    shown += next.length;
    const left = chosen.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${plural(Math.min(left, ROWS_AT_A_TIME * 2), "more test")} of ${left.toLocaleString("en")}`;
    shownText.textContent = chosen.length === rows.length ? plural(rows.length, "row")
      : `${chosen.length.toLocaleString("en")} of ${plural(rows.length, "row")}`;
  }

  function choose() {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    const {key, text} = COLUMNS[column];
    const direction = descending ? -1 : 1;
    chosen = rows.filter(row => (only === "all" || row.verdict === only) && words.every(word => searchText(row).includes(word)))
      .sort((a, b) => direction * (text ? key(a).localeCompare(key(b), "en", {numeric: true}) : key(a) - key(b)) || a.order - b.order);
    body.replaceChildren();
    shown = 0;
    showMore(ROWS_AT_A_TIME);
  }

  function sortBy(number) {
    descending = number === column ? !descending : Boolean(COLUMNS[number].most);
    column = number;
    mark();
    choose();
  }

  function mark() {
    [...document.getElementById("columns").children].forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function follow() {
    if (!location.hash.startsWith("#test-")) return;
    let slug = location.hash.slice("#test-".length);
    try { slug = decodeURIComponent(slug); } catch (e) { return; }
    const row = bySlug.get(slug);
    if (!row) return;
    if (!chosen.includes(row)) {
      only = "all";
      search.value = "";
      press();
      choose();
    }
    if (chosen.indexOf(row) >= shown) showMore(chosen.indexOf(row) + 1);
    const at = document.getElementById("test-" + slug);
    if (!at.classList.contains("open")) toggle(at, row);
    at.scrollIntoView({block: "start"});
    at.querySelector("button").focus({preventScroll: true});
  }

  function press() {
    for (const button of document.getElementById("filters").children) {
      button.setAttribute("aria-pressed", String(button.dataset.verdict === only));
    }
  }

  COLUMNS.forEach((of, number) => {
    const button = element("button", {type: "button", text: of.name});
    button.onclick = () => sortBy(number);
    document.getElementById("columns").append(element("th", {scope: "col", class: of.number ? "number" : ""}, button));
  });
  const counts = new Map();
  rows.forEach(row => counts.set(row.verdict, (counts.get(row.verdict) || 0) + 1));
  for (const verdict of ["all", ...SEVERITY.filter(of => counts.has(of))]) {
    const button = element("button", {type: "button", "data-verdict": verdict, text: verdict === "all"
      ? `all ${rows.length.toLocaleString("en")}` : `${WORDS[verdict]} ${counts.get(verdict).toLocaleString("en")}`});
    button.onclick = () => { only = verdict; press(); choose(); };
    document.getElementById("filters").append(button);
  }
  search.oninput = choose;
  more.onclick = () => showMore(shown + ROWS_AT_A_TIME * 2);
  window.addEventListener("hashchange", follow);
  press();
  mark();
  choose();
  follow();
}
