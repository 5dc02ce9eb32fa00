// Search by name, alias, pinyin and the initials of its syllables.

const MOST_HITS = 12;
let hits = [];
let chosen = 0;
let index = null;

/** What a thing can be found by, made when first asked for. */
function searchIndex() {
  index ??= things.map((thing) => {
    const names = [thing.name, ...thing.aliases, thing.short].map((name) =>
      name.toLowerCase(),
    );
    const syllables = thing.pinyin.map((text) => text.split(" ").filter(Boolean));
    return {
      thing,
      names,
      full: syllables.map((parts) => parts.join("")),
      initials: syllables.map((parts) => parts.map((part) => part[0]).join("")),
    };
  });
  return index;
}

/** How well a thing answers, 0 best, or -1; and the name that does. */
function rank({ names, full, initials }, wanted) {
  const ways = [
    [names, (text) => text === wanted],
    [names, (text) => text.startsWith(wanted)],
    [initials, (text) => text === wanted],
    [full, (text) => text === wanted],
    [names, (text) => text.includes(wanted)],
    [initials, (text) => text.startsWith(wanted)],
    [full, (text) => text.startsWith(wanted)],
    [initials, (text) => wanted.length > 1 && text.includes(wanted)],
    [full, (text) => wanted.length > 2 && text.includes(wanted)],
  ];
  for (let i = 0; i < ways.length; i++) {
    const at = ways[i][0].findIndex(ways[i][1]);
    if (at >= 0) return [i, at];
  }
  return [-1, -1];
}

function search(text) {
  const wanted = text.trim().toLowerCase().replace(/\s+/g, " ");
  const joined = wanted.replace(/[\s']/g, "");
  if (!joined) return [];
  const found = [];
  for (const entry of searchIndex()) {
    if (!passing.things[entry.thing.index]) continue;
    let [order, name] = rank(entry, wanted);
    if (order < 0 && joined !== wanted) [order, name] = rank(entry, joined);
    if (order >= 0) found.push({ thing: entry.thing, order, name });
  }
  return found.sort((a, b) => a.order - b.order || a.thing.index - b.thing.index);
}

function renderHits() {
  const field = byId("query");
  const list = byId("hits");
  const found = search(field.value);
  hits = found.slice(0, MOST_HITS);
  chosen = Math.min(chosen, Math.max(0, hits.length - 1));
  const open = field.value.trim() !== "" && document.activeElement === field;
  const named = tally(hits.map(({ thing }) => thing.name));
  const lines = hits.map((hit, i) =>
    hitLine(hit, i, field.value.trim(), named.get(hit.thing.name) > 1),
  );
  if (open && !hits.length)
    lines.push(make("li", { className: "none", textContent: say("no-hit") }));
  if (found.length > hits.length) {
    lines.push(
      make("li", {
        className: "none",
        textContent: say("more-hits", { count: found.length - hits.length }),
      }),
    );
  }
  list.replaceChildren(...lines);
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open && hits.length > 0));
  if (open && hits.length) field.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
}

function hitLine({ thing, name }, i, wanted, namesakes) {
  const alias = name > 0 && name <= thing.aliases.length ? thing.aliases[name - 1] : "";
  return make(
    "li",
    {
      id: `hit-${i}`,
      role: "option",
      "aria-selected": String(i === chosen),
      className: i === chosen ? "chosen" : "",
      onmousedown: (event) => {
        event.preventDefault();
        choose(i);
      },
    },
    swatch(thing.type),
    make(
      "span",
      { className: "name" },
      emphasised(thing.name, wanted),
      alias && make("small", null, emphasised(alias, wanted)),
    ),
    make("small", {
      className: "facts",
      textContent: [
        namesakes && placeText(thing),
        either(types.get(thing.type).label),
        count(factCount(thing)),
      ]
        .filter(Boolean)
        .join(" · "),
    }),
  );
}

/** A name with the part in bold that was asked for. */
function emphasised(name, wanted) {
  const at = name.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return [name];
  const end = at + wanted.length;
  return [
    name.slice(0, at),
    make("b", { textContent: name.slice(at, end) }),
    name.slice(end),
  ];
}

function choose(i) {
  const { thing } = hits[i];
  const field = byId("query");
  field.value = "";
  field.blur();
  renderHits();
  if (choosing && view.focus >= 0 && view.focus !== thing.index) connect(thing.index);
  else look(thing.index);
  byId("panel").focus({ preventScroll: true });
}

function raiseSearch() {
  const field = byId("query");
  field.addEventListener("input", () => {
    chosen = 0;
    renderHits();
  });
  field.addEventListener("focus", renderHits);
  field.addEventListener("blur", renderHits);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the keys still belong to the input method
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && hits.length) {
      chosen = (chosen + by + hits.length) % hits.length;
      renderHits();
      event.preventDefault();
    } else if (event.key === "Enter" && hits[chosen]) {
      choose(chosen);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      field.value = "";
      field.blur();
      if (choosing) {
        choosing = false;
        render();
      }
    }
  });
}
