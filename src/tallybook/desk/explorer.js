// The page of the explorer. Every text of a book becomes a text node: nothing here reads HTML.

const DRAWING = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["circle", "g", "line", "path", "rect", "svg", "text"]);
const WRITTEN = new Set([
  "a", "b", "br", "caption", "details", "figcaption", "figure", "li", "p", "span", "summary", "table", "tbody", "td",
  "th", "thead", "tr", "ul",
]);
const ATTRIBUTES = new Set([
  "aria-hidden", "class", "colspan", "cx", "cy", "d", "dir", "height", "lang", "r", "scope", "width", "x", "x1",
  "x2", "y", "y1", "y2",
]);
const SILENT_MS = 2000;

// An element of [name, attributes, ...inside]; of any other name only what is inside.
function built(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [name, attributes, ...inside] = node;
  const element = DRAWN.has(name)
    ? document.createElementNS(DRAWING, name)
    : WRITTEN.has(name) ? document.createElement(name) : document.createDocumentFragment();
  if (element.setAttribute) {
    for (const [key, value] of Object.entries(attributes)) {
      if (ATTRIBUTES.has(key)) element.setAttribute(key, value);
    }
    if (name === "a" && /^https?:\/\//.test(attributes.href ?? "")) {
      element.href = attributes.href;
      element.target = "_blank";
      element.rel = "noopener noreferrer";
    }
  }
  element.append(...inside.map(built));
  return element;
}

// New content for a part; what the reader had unfolded stays so.
function fill(part, nodes) {
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  part.replaceChildren(...nodes.map(built));
  part.querySelectorAll("details").forEach((details, place) => { details.open = open[place] ?? false; });
}

function made(name, properties, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

function menu(label, options) {
  const select = made("select", {}, ...options.map(([value, text]) => made("option", { value, textContent: text })));
  select.setAttribute("aria-label", label);
  return { select, row: made("label", { className: "choice" }, made("span", { textContent: label }), select) };
}

function dial({ name, low, high, step }) {
  const range = made("input", { type: "range", min: low, max: high, step });
  range.setAttribute("aria-label", name);
  const said = made("span", { className: "said" });
  const note = made("small", {});
  const row = made("label", { className: "dial" }, made("span", { textContent: name }), range, said, note);
  return { range, said, note, row };
}

function render({ model, el }) {
  const choices = model.get("choices");
  let values = { ...model.get("shown").values };
  let number = model.get("shown").number;
  let waiting = false;
  let silence;

  const claim = menu("Claim", choices.claims);
  const without = menu("Leave out", [["", "nobody"], ...choices.families]);
  const time = menu("Judged", choices.times);
  const dials = new Map(choices.dials.map((one) => [one.field, { ...one, ...dial(one) }]));
  const rows = (first) => [...dials.values()].filter((one) => one.first === first).map((one) => one.row);
  const reset = made("button", { type: "button", textContent: "The case’s own settings" });
  const status = made("p", { className: "status" });
  status.setAttribute("role", "status");
  const verdict = made("div", { className: "ruled" });
  verdict.setAttribute("aria-live", "polite");
  const tried = made("div", {});
  const trials = made("details", {}, made("summary", { textContent: "What would change this verdict" }), tried);
  const picture = made("div", {});
  const verdicts = made("div", {});
  const own = choices.own;

  const ask = (changed) => {
    values = { ...values, ...changed };
    number += 1;
    if (!waiting) send();
  };
  // One question at a time: while a person drags, only the last place is asked for when the answer is there.
  const send = () => {
    waiting = true;
    clearTimeout(silence);
    silence = setTimeout(() => {
      status.textContent = "No answer yet: the kernel is busy or has stopped. Run the cell again if it has stopped.";
    }, SILENT_MS);
    model.set("asked", { ...values, number });
    model.save_changes();
  };
  const show = () => {
    const shown = model.get("shown");
    clearTimeout(silence);
    waiting = false;
    status.textContent = "";
    for (const [part, name] of [[verdict, "verdict"], [picture, "picture"], [verdicts, "verdicts"], [tried, "trials"]]) {
      fill(part, shown[name]);
    }
    if (shown.number < number) {
      send();
    } else {
      number = shown.number;
      values = { ...shown.values };
    }
    claim.select.value = values.claim;
    without.select.value = values.without;
    time.select.value = values.as_of;
    for (const [field, { range, said, note }] of dials) {
      if (shown.number >= number) range.value = values[field];
      said.textContent = shown.words[field];
      range.setAttribute("aria-valuetext", shown.words[field]);
      note.textContent = shown.notes[field] ?? "";
    }
    el.dataset.number = shown.number;
  };

  claim.select.addEventListener("change", () => ask({ claim: claim.select.value }));
  without.select.addEventListener("change", () => ask({ without: without.select.value }));
  time.select.addEventListener("change", () => ask({ as_of: time.select.value }));
  for (const [field, { range }] of dials) {
    range.addEventListener("input", () => ask({ [field]: Number(range.value) }));
  }
  reset.addEventListener("click", () => ask({ ...own, claim: values.claim, trials: values.trials }));
  trials.addEventListener("toggle", () => { if (trials.open !== values.trials) ask({ trials: trials.open }); });
  model.on("change:shown", show);

  el.classList.add("tb-explore");
  el.append(
    made("div", { className: "controls" },
      claim.row, ...rows(true), without.row, time.row,
      made("details", {}, made("summary", { textContent: "Widths of words" }), ...rows(false)),
      reset),
    status, verdict, trials, verdicts, picture,
  );
  show();
  return () => {
    clearTimeout(silence);
    model.off("change:shown", show);
  };
}

export default { render };
