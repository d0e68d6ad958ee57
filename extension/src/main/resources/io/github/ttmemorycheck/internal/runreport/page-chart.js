// The charts: one for each group of devices that did the same, drawn as SVG in the width that there is.

const GROUPS_AT_FIRST = 8;
const BANDS_AT_MOST = 600;
const LEFT = 64;
const TOP = 8;
const BOTTOM = 4;

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The next figure of 1, 2, 3, 4, 6, 8, ... KiB, so that the axis has a label one can read. */
function ceiling(amount) {
  let top = 1024;
  while (top < amount) top *= 2;
  return top / 4 * 3 >= amount ? top / 4 * 3 : top;
}

/** The figures at the lines of an axis; on a logarithmic one those that a unit begins with. */
function lines(top, linear) {
  const units = [1, 1024, 1024 ** 2, 1024 ** 3].map(unit => unit * 1024).filter(unit => unit < top / 8);
  return linear ? [0, top / 2, top] : [0, ...units, top];
}

/** Where each test begins and ends, from 0 to 1. */
function places(tests, byTime) {
  if (!byTime) return tests.map((test, i) => [i / tests.length, (i + 1) / tests.length]);
  const first = tests[0].startNanos;
  const span = Math.max(1, tests[tests.length - 1].endNanos - first);
  return tests.map(test => [(test.startNanos - first) / span, Math.max(test.endNanos, test.startNanos) / span - first / span]);
}

function heightOf(group, test) {
  return LAYERS.reduce((height, name) => height + group.layers[name][test], 0);
}

/** The columns to draw: a test each, or, where those are narrower than a pixel, the highest of the tests in a pixel. */
function columns(group, at, width) {
  const result = [];
  at.forEach(([from, to], i) => {
    const x0 = from * width;
    const x1 = Math.max(x0 + 1, to * width);
    const last = result[result.length - 1];
    if (last && x1 - x0 <= 1 && Math.floor(last.x0) === Math.floor(x0)) {
      if (heightOf(group, i) > heightOf(group, last.test)) last.test = i;
    } else {
      result.push({x0, x1, test: i});
    }
  });
  return result;
}

function layerPath(group, shown, name, y) {
  const below = LAYERS.slice(0, LAYERS.indexOf(name));
  let path = "";
  for (const {x0, x1, test} of shown) {
    const amount = group.layers[name][test];
    if (amount > 0) {
      const base = below.reduce((height, layer) => height + group.layers[layer][test], 0);
      const gap = x1 - x0 > 4 ? 1 : 0;
      path += `M${(LEFT + x0).toFixed(1)} ${y(base).toFixed(1)}V${y(base + amount).toFixed(1)}`
        + `H${(LEFT + x1 - gap).toFixed(1)}V${y(base).toFixed(1)}Z`;
    }
  }
  return path;
}

function bands(series, at, width, height, rows) {
  const all = [];
  const tints = [];
  const many = series.tests.length > BANDS_AT_MOST;
  series.tests.forEach((test, i) => {
    const leaking = test.verdict === "leaked";
    if (many && (!leaking || all.length >= BANDS_AT_MOST)) return;
    const place = {x: LEFT + at[i][0] * width, y: 0, width: Math.max(1, (at[i][1] - at[i][0]) * width), height};
    if (leaking) tints.push(svg("rect", {class: "tint", ...place}));
    const row = rows.get(keyOf(test));
    all.push(svg("a", {href: "#test-" + encodeURIComponent(row.slug), tabindex: -1},
      svg("title", {}, test.name + ": " + WORDS[test.verdict]), svg("rect", {class: "band", ...place})));
  });
  return {tints, links: all};
}

function chart(series, group, {byTime, linear}, rows) {
  const highest = series.tests.reduce((most, test, i) => Math.max(most, heightOf(group, i)), 0);
  const width = Math.max(160, document.getElementById("charts").clientWidth - LEFT - 2);
  const height = window.innerWidth <= 720 ? 100 : 118;
  const top = ceiling(highest);
  const y = amount => height - BOTTOM - share(amount, top, linear) * (height - TOP - BOTTOM);
  const at = places(series.tests, byTime);
  const shown = columns(group, at, width);
  const drawing = svg("svg", {
    viewBox: `0 0 ${width + LEFT + 2} ${height}`, role: "img", preserveAspectRatio: "none",
    "aria-label": `${namedDevices(group.devices)}: at most ${bytes(highest)} held over ${plural(series.tests.length, "test")}`
  });
  const {tints, links} = bands(series, at, width, height, rows);
  drawing.append(...tints);
  let free = Infinity;
  for (const amount of lines(top, linear)) {
    drawing.append(svg("line", {class: "grid", x1: LEFT, x2: LEFT + width, y1: y(amount), y2: y(amount)}));
    if (free - y(amount) >= 13) {
      free = y(amount);
      drawing.append(svg("text", {class: "tick", x: LEFT - 8, y: free + 4, "text-anchor": "end"}, amount ? bytes(amount) : "0"));
    }
  }
  for (const name of LAYERS) {
    const path = layerPath(group, shown, name, y);
    if (path) drawing.append(svg("path", {class: name, d: path}));
  }
  drawing.append(...links);
  return element("figure", {},
    element("figcaption", {}, element("strong", {text: namedDevices(group.devices)}),
      element("span", {text: (group.devices.length > 1 ? "each at most " : "at most ") + bytes(highest)})),
    drawing);
}

function drawCharts(rows) {
  const byKey = new Map(rows.map(row => [keyOf(row.check), row]));
  const place = document.getElementById("charts");
  const run = document.getElementById("run");
  const kind = document.getElementById("kind");
  const axis = document.getElementById("axis");
  const scale = document.getElementById("scale");
  REPORT.runs.forEach((one, i) => run.add(new Option(
    `${i + 1}: pid ${one.pid}, ${plural(one.checks.filter(check => check.scope === "test").length, "test")}`, i)));
  document.getElementById("run-choice").hidden = REPORT.runs.length < 2;
  run.value = REPORT.runs.reduce((most, one, i) => one.checks.length > REPORT.runs[most].checks.length ? i : most, 0);
  kind.add(new Option("all", "all"));
  KINDS.forEach(name => kind.add(new Option(name, name)));
  let series = null;
  let all = false;
  const draw = () => {
    place.replaceChildren();
    if (!series || !series.groups.length || !series.tests.length) {
      place.append(element("p", {class: "quiet", text: "Nothing was held by any device."}));
      return;
    }
    const groups = all ? series.groups : series.groups.slice(0, GROUPS_AT_FIRST);
    groups.forEach(group => place.append(chart(series, group, {byTime: axis.value === "time", linear: scale.value === "linear"}, byKey)));
    if (groups.length < series.groups.length) {
      const more = element("button", {type: "button", text: `Show ${plural(series.groups.length - groups.length, "more chart")}`});
      more.onclick = () => { all = true; draw(); };
      place.append(more);
    }
  };
  const load = () => {
    series = REPORT.runs.length ? makeSeries(REPORT.runs[run.value || 0], kind.value) : null;
    all = false;
    draw();
  };
  run.onchange = kind.onchange = load;
  axis.onchange = scale.onchange = draw;
  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 100);
  });
  load();
}
