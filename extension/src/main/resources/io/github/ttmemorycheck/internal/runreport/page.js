// Puts the page together.

const HOLDINGS_AT_FIRST = 30;

function tile(value, label, tone) {
  document.getElementById("tiles").append(element("li", tone ? {class: tone} : {}, element("b", {text: value}), element("span", {text: label})));
}

function showSummary() {
  const summary = REPORT.summary;
  const leaks = summary.leaked + summary.classesLeaked;
  const counted = (count, tone, one, many) => tile(count.toLocaleString("en"), count === 1 ? one : many || one, tone);
  const unlessNone = (count, ...label) => count && counted(count, ...label);
  counted(summary.tests, "", "test checked", "tests checked");
  counted(leaks, leaks ? "bad" : "good", summary.classesLeaked ? "leaked, classes too" : "leaked");
  unlessNone(summary.grew, "bad", "grew with repetitions");
  unlessNone(summary.inconclusive, "bad", "could not be measured");
  unlessNone(summary.known, "careful", "known leak", "known leaks");
  unlessNone(summary.waiversGone, "bad", "waiver without a leak", "waivers without a leak");
  unlessNone(summary.withinBaseline, "", "left what is allowed");
  unlessNone(summary.lateReleases, "careful", "late release", "late releases");
  unlessNone(summary.recovered, "careful", "passed when run again");
  tile(summary.tests ? duration(summary.ownNanos / summary.tests) : "-", "to check a test");
}

function warn(title, text) {
  document.getElementById("warnings").append(text
    ? element("details", {class: "warning"}, element("summary", {text: title}), element("pre", {text}))
    : element("p", {class: "warning", text: title}));
}

function showWarnings() {
  for (const run of REPORT.runs) {
    for (const failure of run.failures) {
      if (failure.kind === "unchecked") {
        warn(firstSentence(failure.message), failure.message.split("\n\n").slice(1).join("\n\n"));
      }
    }
    if (!run.complete) warn(`The run of pid ${run.pid} was ended from outside; it is shown as far as it came.`);
    if (run.moreFailures) warn(`${plural(run.moreFailures, "more failure")} of pid ${run.pid} ${run.moreFailures === 1 ? "is" : "are"} counted, but not kept.`);
  }
}

function showAbout() {
  const types = [...new Set(REPORT.runs.flatMap(run => run.deviceTypes).map(type => type.replace(/^.*[.$]/, "")))];
  if (types.some(type => /simulat/i.test(type))) {
    const badge = document.getElementById("simulated");
    badge.hidden = false;
    badge.querySelector("span").textContent = types.join(", ");
  }
  const trackers = [...new Set(REPORT.runs.map(run => run.tracker).filter(of => of))];
  document.getElementById("about").textContent = [
    new Date(REPORT.writtenAt).toLocaleString("en", {dateStyle: "medium", timeStyle: "short"}),
    plural(REPORT.summary.processes, "process", "processes"),
    [...new Set(trackers.map(tracker => tracker.split(",")[0]))].join(", ")
  ].filter(text => text).join(" \u00b7 ");
}

/** The name of the test that holds memory, where one is known. */
function holderOf(of) {
  return of.holderSubject ? nameOf(of.holder, of.holderSubject.class) : of.holder || "no test that was checked in this run";
}

/** Equal devices in one line. */
function showLedger() {
  const folded = new Map();
  let more = 0;
  const place = document.getElementById("ledger-rows");
  REPORT.runs.forEach((run, number) => {
    more += run.ledger.more;
    if (run.ledger.note) place.append(element("p", {class: "quiet", text: `Not known for pid ${run.pid}: ${run.ledger.note}`}));
    if (REPORT.runs.slice(number + 1).some(later => later.pid === run.pid)) return;
    for (const of of run.ledger.holdings) {
      const key = JSON.stringify([run.pid, {...of, device: 0}]);
      if (!folded.has(key)) folded.set(key, {...of, run: run.pid, devices: []});
      folded.get(key).devices.push(of.device);
    }
  });
  const holdings = [...folded.values()].sort((a, b) => b.bytes * b.devices.length - a.bytes * a.devices.length);
  if (!holdings.length) {
    place.append(element("p", {class: "quiet", text: "Nobody holds anything that is known."}));
    return;
  }
  place.append(cappedTable(["holder", "device", "kind", "#on each", "#in all", "#buffers", "process"], holdings.map(of => [
    holderOf(of), ranges(of.devices), of.kind, bytes(of.bytes), bytes(of.bytes * of.devices.length),
    of.buffers ? (of.buffers * of.devices.length).toLocaleString("en") : "-",
    of.pid ? process(of.pid, of.command, of.run) : "-"]), HOLDINGS_AT_FIRST));
  if (more) place.append(element("p", {class: "quiet", text: `${more.toLocaleString("en")} smaller ones are not kept.`}));
}

function showWaivers() {
  const waivers = new Map();
  const strength = ["not-judged", "unused", "refused", "used"];
  for (const waiver of REPORT.runs.flatMap(run => run.waivers)) {
    const key = JSON.stringify([waiver.class, waiver.method, waiver.annotation]);
    const known = waivers.get(key);
    if (!known || strength.indexOf(known.state) < strength.indexOf(waiver.state)) waivers.set(key, waiver);
  }
  document.getElementById("waivers").hidden = !waivers.size;
  document.getElementById("waiver-rows").append(plainTable(["state", "waiver", "on"], [...waivers.values()].map(waiver => [
    element("span", {class: "pill " + waiver.state, text: waiver.state.replace("-", " ")}), element("code", {text: waiver.annotation}),
    nameOf(waiver.place, waiver.class)])));
}

function showLateReleases() {
  const late = REPORT.runs.flatMap(run => run.lateReleases);
  document.getElementById("late").hidden = !late.length;
  document.getElementById("late-rows").append(cappedTable(["left by", "freed during", "what"], late.map(release => [
    holderOf(release), nameOf(release.during, release.duringSubject.class),
    release.freed.map(figure => `${bytes(figure.bytes)} of ${figure.kind} on ${namedDevices(devicesOf(figure.devices))}`).join(", ")]), HOLDINGS_AT_FIRST));
}

function showRuns() {
  REPORT.runs.slice(0, 50).forEach((run, number) => {
    const settings = [...run.settings].sort((a, b) => (a.source === "default") - (b.source === "default"));
    document.getElementById("run-rows").append(element("details", number ? {} : {open: ""},
      element("summary", {text: `pid ${run.pid}: ${plural(run.checks.filter(check => check.scope === "test").length, "test")}, `
        + `began ${new Date(run.startedAt).toLocaleTimeString("en")}`}),
      facts([["tracker", run.tracker || "none"], ["devices found open", run.deviceTypes.join(", ") || "none"]]),
      plainTable(["setting", "value", "from"], settings.map(setting => [
        element("code", {text: setting.name}), element("code", {text: setting.value}), setting.source]))));
  });
  if (REPORT.runs.length > 50) {
    document.getElementById("run-rows").append(element("p", {class: "quiet", text: plural(REPORT.runs.length - 50, "more run")}));
  }
}

const ROWS = makeRows();
showSummary();
showWarnings();
showAbout();
drawCharts(ROWS);
showTests(ROWS);
showLedger();
showWaivers();
showLateReleases();
showRuns();
document.documentElement.dataset.ready = "true";
