// The picture: vis-network draws dots and lines, the layers above are ours.

const TAU = 2 * Math.PI;

const nodeOf = ({ id, x, y, size }) => ({
  id,
  x,
  y,
  size,
  color: ink(things[id].type),
  hidden: !passing.things[id],
});

let network = null;
let nodes = null;
let edges = null;
let hovered = -1;
/** For each line of the picture, the claims that it stands for. */
const lineClaims = new Map();

/** A colour of the style sheet. */
function ink(name) {
  const known = ink.known;
  if (!known.has(name)) {
    const style = getComputedStyle(document.documentElement);
    known.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return known.get(name);
}
ink.known = new Map();

function raiseStage() {
  for (const claim of claims) {
    const name = lineName(claim.subject, claim.object);
    if (!lineClaims.has(name)) lineClaims.set(name, []);
    lineClaims.get(name).push(claim);
  }
  filterStage.done = passing.filters;
  nodes = new vis.DataSet(picture.nodes.map(nodeOf));
  edges = new vis.DataSet(picture.edges.map(lineOf));
  network = new vis.Network(byId("network"), { nodes, edges }, picture.options);
  network.on("beforeDrawing", drawHomes);
  network.on("afterDrawing", drawLayers);
  network.on("click", ({ pointer, event }) => {
    const thing = thingAt(pointer);
    const shift = event.srcEvent && event.srcEvent.shiftKey;
    if (thing < 0) {
      if (scene) overview();
      else approach(network.DOMtoCanvas(pointer.DOM));
    } else if ((shift || choosing) && view.focus >= 0 && thing !== view.focus) {
      connect(thing);
    } else look(thing);
  });
  network.on("doubleClick", ({ pointer }) => {
    const thing = thingAt(pointer);
    if (thing >= 0) expand(thing);
  });
  network.on("hoverNode", ({ node }) => hover(scene ? -1 : node));
  network.on("blurNode", () => hover(-1));
  byId("network").addEventListener("pointermove", ({ offsetX, offsetY }) => {
    if (scene) hover(sceneThingAt(offsetX, offsetY));
  });
}

function thingAt(pointer) {
  if (scene) return sceneThingAt(pointer.DOM.x, pointer.DOM.y);
  return network.getNodeAt(pointer.DOM) ?? -1;
}

function hover(thing) {
  if (thing === hovered) return;
  hovered = thing;
  byId("network").classList.toggle("pointing", thing >= 0);
  network.redraw();
}

function lineName(one, other) {
  return one < other ? `${one}-${other}` : `${other}-${one}`;
}

function lineOf({ from, to }) {
  const name = lineName(from, to);
  const local = things[from].home === things[to].home;
  return {
    id: name,
    from,
    to,
    color: { color: ink("line-ink"), opacity: local ? 0.42 : 0.16 },
    hidden: !lineClaims.get(name).some(isShown),
  };
}

/** Takes up the filters: only what changes is touched. */
function filterStage() {
  if (filterStage.done === passing.filters) return;
  filterStage.done = passing.filters;
  const change = (set, hidden) => {
    const changes = [];
    set.forEach((item) => {
      if (item.hidden !== hidden(item)) changes.push({ id: item.id, hidden: !item.hidden });
    });
    if (changes.length) set.update(changes);
  };
  change(nodes, ({ id }) => !passing.things[id]);
  change(edges, ({ id }) => !lineClaims.get(id).some(isShown));
}

/** Puts a thing and its neighbours into the picture where the cap left them out. */
function expand(thing) {
  const around = new Set([thing]);
  for (const claim of things[thing].claims) {
    if (isShown(claim)) around.add(otherEnd(claim, thing));
  }
  const missing = [...around].filter((i) => !nodes.get(i));
  const middle = spotOf(thing);
  missing.forEach((i, place) => {
    const turn = (TAU * place) / missing.length;
    const reach = 90 + 24 * (place % 3);
    nodes.add(
      nodeOf({
        id: i,
        x: Math.round(middle.x + reach * Math.cos(turn)),
        y: Math.round(middle.y + reach * Math.sin(turn)),
        size: things[i].radius,
      }),
    );
  });
  for (const i of missing) {
    for (const claim of things[i].claims) {
      const other = otherEnd(claim, i);
      const name = lineName(i, other);
      if (nodes.get(other) && !edges.get(name)) {
        edges.add(lineOf({ from: i, to: other }));
      }
    }
  }
  if (missing.length) toast(say("expanded", { count: count(missing.length) }));
  return missing.length;
}

/** Where a thing stands; one that is not drawn stands by one that is. */
function spotOf(thing) {
  const drawn = nodes.get(thing);
  if (drawn) return { x: drawn.x, y: drawn.y };
  for (const claim of things[thing].claims) {
    const other = nodes.get(otherEnd(claim, thing));
    if (other) return { x: other.x + 60, y: other.y + 40 };
  }
  return network.getViewPosition();
}

// -- the camera ------------------------------------------------------------------

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let gliding = 0;

/** Moves the camera, and whatever else happens on the way (0 … 1). */
function glide(position, scale, along = () => {}, atOnce = calm.matches) {
  cancelAnimationFrame(gliding);
  const from = { at: network.getViewPosition(), scale: network.getScale() };
  const started = performance.now();
  const lasting = atOnce ? 0 : 320;
  const step = (now) => {
    const share = lasting ? Math.min(1, Math.max(0, (now - started) / lasting)) : 1;
    const eased = 1 - (1 - share) ** 3;
    along(eased);
    network.moveTo({
      position: {
        x: from.at.x + (position.x - from.at.x) * eased,
        y: from.at.y + (position.y - from.at.y) * eased,
      },
      scale: from.scale * (scale / from.scale) ** eased,
    });
    if (share < 1) gliding = requestAnimationFrame(step);
  };
  step(started);
}

/** Shows the whole picture. */
function fitAll({ atOnce = calm.matches } = {}) {
  const { width, height } = stageSize();
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [, x, y, r] of knowledge.discs) {
    left = Math.min(left, x - r);
    right = Math.max(right, x + r);
    top = Math.min(top, y - r - 44);
    bottom = Math.max(bottom, y + r);
  }
  if (left > right) return;
  const room = Math.min(width / (right - left), height / (bottom - top));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  glide(middle, Math.min(1.6, room * 0.96), () => {}, atOnce);
}

/** Goes nearer to the home, then to the community, that holds a place. */
function approach({ x, y }) {
  const { width, height } = stageSize();
  const room = Math.min(width, height - 60);
  const around = [...knowledge.discs.map((disc) => disc.slice(1)), ...knowledge.communities]
    .filter(([at, top, r]) => Math.hypot(at - x, top - y) < r)
    .sort((a, b) => b[2] - a[2])
    .find(([, , r]) => 2 * r * network.getScale() < 0.7 * room);
  if (!around) return;
  const [at, top, r] = around;
  glide({ x: at, y: top }, Math.min(2.4, (0.92 * room) / (2 * r)));
}

function zoom(factor) {
  glide(network.getViewPosition(), network.getScale() * factor);
}

function stageSize() {
  const element = byId("network");
  return { width: element.clientWidth, height: element.clientHeight };
}
