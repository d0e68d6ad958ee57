// The data, and what the page makes of it. Nothing here touches the page.

const REPORT = JSON.parse(document.getElementById("data").textContent);
const KINDS = ["DRAM", "L1", "SYSTEM_MEMORY", "L1_SMALL", "TRACE", "CIRCULAR_BUFFER", "KERNEL"];
const LAYERS = ["held", "allowed", "leaked", "cache"];
const WORDS = {
  clean: "clean", "within-baseline": "within baseline", known: "known leak", leaked: "leaked", grew: "grew",
  inconclusive: "not measured", waiver: "waiver without a leak"
};
const SEVERITY = ["leaked", "grew", "inconclusive", "waiver", "known", "within-baseline", "clean"];

function bytes(amount) {
  if (!amount) return "-";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return (Number.isInteger(amount) ? amount : amount.toFixed(2)) + "\u00a0" + units[unit];
}

function duration(nanos) {
  if (nanos < 1e6) return Math.round(nanos / 1e3) + "\u00a0\u00b5s";
  if (nanos < 1e9) return (nanos / 1e6).toFixed(nanos < 1e7 ? 2 : 1) + "\u00a0ms";
  return (nanos / 1e9).toFixed(1) + "\u00a0s";
}

function plural(count, one, many) {
  return count.toLocaleString("en") + "\u00a0" + (count === 1 ? one : many || one + "s");
}

/** The sentence that a message begins with, in one line: what stands above its first empty line. */
function firstSentence(message) {
  return message.split("\n\n")[0].split("\n").map(line => line.trim()).join(" ");
}

/** The classes that a name without a package may mean. */
const CLASSES = new Map();
for (const check of REPORT.runs.flatMap(run => run.checks)) {
  const {simple} = split(check.class);
  CLASSES.set(simple, (CLASSES.get(simple) || new Set()).add(check.class));
}

/** The package of a class, with a dot behind it, and its name in that. */
function split(type) {
  const dot = type.lastIndexOf(".");
  return {prefix: type.slice(0, dot + 1), simple: type.slice(dot + 1)};
}

/** The name of a test or class, behind its package where another class is called the same. */
function nameOf(name, type) {
  const {prefix, simple} = split(type);
  return CLASSES.has(simple) && CLASSES.get(simple).size > 1 ? prefix + name : name;
}

/** What tells a test from its class and from its repetitions, and from all others, whatever they are called. */
function keyOf(subject) {
  return subject.scope + " " + subject.id;
}

/** The devices of pairs of a first and a last one. */
function devicesOf(ranges) {
  const devices = [];
  for (const [first, last] of ranges) for (let device = first; device <= last; device++) devices.push(device);
  return devices;
}

/** Device numbers as ranges: 0-2, 4-7. */
function ranges(devices) {
  const sorted = [...devices].sort((a, b) => a - b);
  const text = [];
  for (let i = 0; i < sorted.length; i++) {
    const first = sorted[i];
    while (sorted[i + 1] === sorted[i] + 1) i++;
    text.push(first === sorted[i] ? String(first) : first + "\u2013" + sorted[i]);
  }
  return text.join(", ");
}

function namedDevices(devices) {
  return (devices.length === 1 ? "device " : "devices ") + ranges(devices);
}

/** Bytes per kind, over all devices, of folded figures. */
function perKind(figures, field) {
  const sums = new Map();
  for (const figure of figures || []) {
    const amount = figure[field] * devicesOf(figure.devices).length;
    if (amount) sums.set(figure.kind, (sums.get(figure.kind) || 0) + amount);
  }
  return sums;
}

/** From 0 to 1: how long a bar is. Logarithmic, since a leak of 4 KiB has to be seen beside one of 4 GiB. */
function share(amount, most, linear) {
  return linear ? amount / most : Math.log2(1 + amount / 512) / Math.log2(1 + most / 512);
}

function sum(map) {
  return [...map.values()].reduce((total, amount) => total + amount, 0);
}

function cost(check) {
  return check.cost.mark + check.cost.clear + check.cost.measure;
}

function waited(check) {
  return (check.cost.collect || 0) + (check.cost.settle || 0);
}

/** One row for each test; one that was run again is one row, with its earlier attempts. */
function makeRows() {
  const byId = new Map();
  REPORT.runs.forEach((run, number) => {
    const failures = new Map();
    for (const failure of run.failures) {
      const key = keyOf(failure);
      failures.set(key, [...(failures.get(key) || []), failure]);
    }
    run.checks.forEach((check, index) => {
      const key = keyOf(check);
      const told = failures.get(key) || [];
      const attempt = {check, run: number, index, told, verdict: verdictOf(check, told)};
      if (check.scope !== "test" && attempt.verdict === "clean") return;
      byId.set(key, [...(byId.get(key) || []), attempt]);
    });
  });
  const rows = [];
  const names = new Map();
  for (const attempts of byId.values()) {
    const last = attempts[attempts.length - 1];
    const left = perKind(last.check.left, "left");
    const cache = last.check.cache;
    const name = nameOf(last.check.name, last.check.class);
    const count = (names.get(name) || 0) + 1;
    names.set(name, count);
    rows.push({
      ...last, attempts, left, order: rows.length,
      slug: name + (count > 1 ? "~" + count : ""),
      leftBytes: sum(left),
      cacheBytes: cache ? sum(perKind(cache.released, "bytes")) : 0,
      programs: cache ? cache.programs : 0,
      cost: cost(last.check)
    });
  }
  return rows;
}

function verdictOf(check, told) {
  if (told.some(failure => failure.kind === "waiver") && SEVERITY.indexOf(check.verdict) > SEVERITY.indexOf("waiver")) {
    return "waiver";
  }
  return check.verdict;
}

/** What a search looks through; made at the first search. */
function searchText(row) {
  if (row.text === undefined) {
    row.text = [row.check.name, row.check.class, WORDS[row.verdict], ...(row.check.notes || []),
      ...(row.check.left || []).map(figure => namedDevices(devicesOf(figure.devices)) + " " + figure.kind),
      ...row.told.map(failure => failure.message + " " + (failure.leak ? failure.leak.fingerprint : ""))]
      .join("\n").toLowerCase();
  }
  return row.text;
}

/**
 * What each device of a run held at the end of each of its tests, in layers; devices that did the same are folded. Memory that a
 * test left counts as left until it is released late, and never for more than is held at all.
 */
function makeSeries(run, kind) {
  const tests = run.checks.filter(check => check.scope === "test");
  const wanted = kind === "all" ? KINDS : [kind];
  const devices = new Set();
  const see = figures => (figures || []).forEach(figure => devicesOf(figure.devices).forEach(device => devices.add(device)));
  tests.forEach(test => [test.before, test.after, test.left, test.cache && test.cache.released].forEach(see));
  const late = new Map();
  for (const release of run.lateReleases) {
    const key = keyOf(release.duringSubject);
    late.set(key, [...(late.get(key) || []), release]);
  }
  const series = new Map();
  for (const device of devices) {
    series.set(device, Object.fromEntries(LAYERS.map(name => [name, new Float64Array(tests.length)])));
  }
  const now = new Map();
  const left = {allowed: new Map(), leaked: new Map()};
  const leaking = new Set();
  const add = (map, device, amount) => map.set(device, Math.max(0, (map.get(device) || 0) + amount));
  const each = (figures, use) => {
    for (const figure of figures || []) {
      if (wanted.includes(figure.kind)) devicesOf(figure.devices).forEach(device => use(device, figure));
    }
  };
  const set = (device, figure) => {
    if (!now.has(device)) now.set(device, {});
    now.get(device)[figure.kind] = figure.bytes;
  };
  tests.forEach((test, i) => {
    each(test.before, set);
    each(test.after, set);
    for (const release of late.get(keyOf(test)) || []) {
      each(release.freed, (device, figure) => add(left[leaking.has(keyOf(release.holderSubject)) ? "leaked" : "allowed"], device, -figure.bytes));
    }
    each(test.left, (device, figure) => {
      const failed = figure.verdict === "leaked";
      if (failed) leaking.add(keyOf(test));
      add(left[failed ? "leaked" : "allowed"], device, figure.left);
    });
    each(test.cache && test.cache.released, (device, figure) => { series.get(device).cache[i] += figure.bytes; });
    for (const [device, layers] of series) {
      const figures = now.get(device);
      let total = 0;
      if (figures) for (const name of wanted) total += figures[name] || 0;
      layers.leaked[i] = Math.min(total, left.leaked.get(device) || 0);
      layers.allowed[i] = Math.min(total - layers.leaked[i], left.allowed.get(device) || 0);
      layers.held[i] = total - layers.leaked[i] - layers.allowed[i];
    }
  });
  return {tests, groups: fold(series)};
}

function fold(series) {
  const groups = [];
  for (const device of [...series.keys()].sort((a, b) => a - b)) {
    const layers = series.get(device);
    const same = groups.find(group => LAYERS.every(name => layers[name].every((value, i) => value === group.layers[name][i])));
    if (same) same.devices.push(device);
    else groups.push({devices: [device], layers});
  }
  return groups;
}
