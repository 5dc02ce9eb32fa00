// The interface's words in Chinese and English, and how elements are made.

const byId = (id) => document.getElementById(id);
const parsed = (id) => JSON.parse(byId(id).textContent);

const words = new Map(parsed("words").map(([key, zh, en]) => [key, { zh, en }]));

let language = stored("language") || (/^zh/i.test(navigator.language) ? "zh" : "en");

/** What a key says in the reader's language, with its {places} filled. */
function say(key, values = {}) {
  const text = words.get(key)[language];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** The reader's of two labels. */
function either(label) {
  return label[language];
}

/** A number as people write it. */
function count(number) {
  return Number(number).toLocaleString("en");
}

/**
 * An element. Properties beginning with "on" are listeners, those with a dash
 * are attributes, the others properties; strings among the children stay text.
 */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role" || name === "lang") {
      element.setAttribute(name, value);
    } else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** Writes the words of the reader's language into the page's fixed parts. */
function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = say(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-title]")) {
    element.title = say(element.dataset.title);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = say(element.dataset.placeholder);
  }
}

/** What the reader chose the last time; pages from files may not remember. */
function stored(name) {
  try {
    return localStorage.getItem(`zhengpu-${name}`);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(`zhengpu-${name}`, value);
  } catch {
    // the choice then lasts as long as the page
  }
}

let toastTimer = 0;

/** Tells the reader something in passing. */
function toast(text) {
  byId("toast").textContent = text;
  byId("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => byId("toast").classList.remove("shown"), 2600);
}
