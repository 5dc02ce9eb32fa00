// The query page: shipped queries, an editor, results as a table. No library.
"use strict";

const TEXTS = {
  zh: {
    explorer: "图谱",
    report: "构建报告",
    shipped: "自带的查询",
    own: "（自己写）",
    query: "查询（Ctrl+Enter 运行）",
    run: "运行",
    stop: "停止",
    save: "保存为",
    running: "正在查询……",
    rows: (n, s) => `${n} 行，${s} 秒`,
    shown: (n) => `，只显示前 ${n} 行`,
    other: "English",
    broken: "连接中断，结果不完整（可能超出了限制）。",
    stopped: "已停止。",
  },
  en: {
    explorer: "Explorer",
    report: "Build report",
    shipped: "Shipped queries",
    own: "(your own)",
    query: "Query (Ctrl+Enter runs it)",
    run: "Run",
    stop: "Stop",
    save: "Save as",
    running: "Asking …",
    rows: (n, s) => `${n} rows in ${s} s`,
    shown: (n) => `, the first ${n} are shown`,
    other: "中文",
    broken: "The connection broke, the result is not whole (a limit may be reached).",
    stopped: "Stopped.",
  },
};
const MOST = 1000; // rows in the table; files hold all
const TOKEN =
  /(#[^\n]*)|("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^<>"{}|^`\\\s]*>)|([?$]\w+)|\b(SELECT|CONSTRUCT|DESCRIBE|ASK|WHERE|PREFIX|BASE|DISTINCT|REDUCED|OPTIONAL|UNION|MINUS|FILTER|NOT|EXISTS|IN|BIND|VALUES|GRAPH|GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|AS|ASC|DESC|COUNT|SUM|MIN|MAX|AVG|SAMPLE|a)\b/g;
const KINDS = ["remark", "string", "iri", "variable", "word"];

const at = (id) => document.getElementById(id);
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let shipped = [];
let asking = null;

function made(name, text, kind) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

// -- words ----------------------------------------------------------------------

function speak() {
  const texts = TEXTS[language];
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-text]"))
    element.textContent = texts[element.dataset.text];
  at("language").textContent = texts.other;
  const chosen = at("shipped").value;
  at("shipped").replaceChildren(
    new Option(texts.own, ""),
    ...shipped.map((query) => new Option(query.title[language], query.name)),
  );
  at("shipped").value = chosen;
  ask_parameters();
}

function ask_parameters() {
  const query = shipped.find((one) => one.name === at("shipped").value);
  const kept = values();
  at("parameters").replaceChildren(
    ...(query ? query.parameters : []).map((parameter) => {
      const label = made("label", parameter[language]);
      const input = made("input");
      input.name = parameter.name;
      input.value = kept[parameter.name] ?? "";
      input.addEventListener("input", fill);
      label.append(input);
      return label;
    }),
  );
}

function values() {
  const found = {};
  for (const input of at("parameters").querySelectorAll("input"))
    if (input.value) found[input.name] = input.value;
  return found;
}

// -- the editor -------------------------------------------------------------------

async function fill() {
  const name = at("shipped").value;
  if (!name) return;
  const answer = await fetch(`/queries/${name}.rq?${new URLSearchParams(values())}`);
  if (answer.ok && at("shipped").value === name) write(await answer.text());
}

function write(text) {
  at("sparql").value = text;
  paint();
}

function paint() {
  const text = at("sparql").value;
  const pieces = [];
  let end = 0;
  for (const hit of text.matchAll(TOKEN)) {
    pieces.push(text.slice(end, hit.index));
    pieces.push(made("span", hit[0], KINDS[hit.slice(1).findIndex(Boolean)]));
    end = hit.index + hit[0].length;
  }
  at("painted").replaceChildren(...pieces, text.slice(end) + "\n");
  at("sparql").style.height = `${at("painted").scrollHeight}px`;
}

// -- asking -----------------------------------------------------------------------

function request(accept, signal) {
  return fetch("/sparql", {
    method: "POST",
    headers: {
      "Content-Type": "application/sparql-query",
      Accept: accept,
      "Accept-Language": language,
    },
    body: at("sparql").value,
    signal,
  });
}

async function run(event) {
  event?.preventDefault();
  asking?.abort();
  const mine = (asking = new AbortController());
  const begun = performance.now();
  tell(TEXTS[language].running);
  at("stop").hidden = false;
  at("downloads").hidden = true;
  at("result").replaceChildren();
  try {
    const answer = await request(
      "application/sparql-results+json, text/turtle;q=0.9",
      mine.signal,
    );
    const text = await answer.text();
    if (!answer.ok) return tell(text, "wrong");
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    show(answer.headers.get("content-type"), text, seconds);
    at("downloads").hidden = false;
    location.replace(`#${new URLSearchParams({ query: at("sparql").value })}`);
  } catch (error) {
    const ended = error.name === "AbortError";
    if (asking === mine) tell(TEXTS[language][ended ? "stopped" : "broken"], "wrong");
  } finally {
    if (asking === mine) at("stop").hidden = true;
  }
}

function tell(text, kind = "") {
  at("told").textContent = text;
  at("told").className = kind;
}

function show(media, text, seconds) {
  const texts = TEXTS[language];
  if (!media.startsWith("application/sparql-results+json")) {
    const lines = text.split("\n").length;
    tell(texts.rows(lines, seconds));
    at("result").replaceChildren(made("pre", text));
    return;
  }
  const result = JSON.parse(text);
  if ("boolean" in result) {
    tell(texts.rows(1, seconds));
    at("result").replaceChildren(made("pre", String(result.boolean)));
    return;
  }
  const rows = result.results.bindings;
  tell(texts.rows(rows.length, seconds) + (rows.length > MOST ? texts.shown(MOST) : ""));
  const table = made("table");
  const head = table.createTHead().insertRow();
  for (const name of result.head.vars) {
    const cell = made("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, MOST)) {
    const line = body.insertRow();
    for (const name of result.head.vars) {
      const term = row[name];
      const cell = line.insertCell();
      if (!term) continue;
      cell.textContent = term.type === "uri" ? decoded(term.value) : term.value;
      if (/#(decimal|integer|double|nonNegativeInteger)$/.test(term.datatype ?? ""))
        cell.className = "number";
    }
  }
  at("result").replaceChildren(table);
}

function decoded(iri) {
  try {
    return decodeURI(iri);
  } catch {
    return iri;
  }
}

async function save(event) {
  event.preventDefault();
  const link = event.currentTarget;
  const answer = await request(link.dataset.accept);
  const file = URL.createObjectURL(await answer.blob());
  const saving = made("a");
  saving.href = file;
  saving.download = link.download;
  saving.click();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
}

// -- beginning ----------------------------------------------------------------------

at("asking").addEventListener("submit", run);
at("stop").addEventListener("click", () => asking?.abort());
at("sparql").addEventListener("input", paint);
at("sparql").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event);
});
at("shipped").addEventListener("change", () => {
  ask_parameters();
  fill();
});
at("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  speak();
});
for (const link of document.querySelectorAll("[data-accept]"))
  link.addEventListener("click", save);

fetch("/queries.json")
  .then((answer) => answer.json())
  .then((queries) => {
    shipped = queries;
    speak();
    const linked = new URLSearchParams(location.hash.slice(1)).get("query");
    write(linked ?? "SELECT ?class (COUNT(*) AS ?things) WHERE { ?thing a ?class }\nGROUP BY ?class\nORDER BY DESC(?things)\n");
  });
speak();
