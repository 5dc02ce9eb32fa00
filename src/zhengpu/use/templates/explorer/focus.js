// The scene over the veil: a thing with its neighbours round it, or a path.
//
// Nothing in the picture below moves; the scene has its own dots and lines.
// Who acts on the thing stands to the left, what it acts on to the right, so
// that names can be read, and the relation stands on each bundle of lines.

/** What is shown over the veil, or null; positions are the picture's. */
let scene = null;
/** Which part of a thing's many neighbours stands round it. */
const turning = { of: -1, page: 0 };
/** Whether the next thing chosen is the other end of a path. */
let choosing = false;

const ROW = { least: 23, most: 46 };
const MUTUAL = "cooperatesWith";

/** Makes the scene that the view asks for. */
function setScene() {
  const before = scene;
  const wanted = view.focus < 0 ? "" : `${view.focus}>${view.target}`;
  if (turning.of !== view.focus) Object.assign(turning, { of: view.focus, page: 0 });
  const key = wanted && `${wanted} ${turning.page} ${addressOf()}`;
  if (!wanted) {
    scene = null;
    if (before) glide(before.home.position, before.home.scale);
    return;
  }
  if (before && before.key === key) return;
  hovered = -1;
  const made = view.target >= 0 ? pathScene() : ringScene();
  made.key = key;
  made.wanted = wanted;
  const here = { position: network.getViewPosition(), scale: network.getScale() };
  made.home = before ? before.home : here;
  if (before && before.wanted === wanted) made.progress = 1;
  scene = made;
  if (made.progress < 1) {
    glide(made.middle, made.scale, (share) => {
      made.progress = share;
    });
  } else network.redraw();
}

/** The claims of a thing by neighbour, those with most facts first. */
function neighboursOf(thing) {
  const found = new Map();
  for (const claim of things[thing].claims) {
    if (!isShown(claim)) continue;
    const other = otherEnd(claim, thing);
    if (!found.has(other)) found.set(other, []);
    found.get(other).push(claim);
  }
  return [...found]
    .map(([other, between]) => ({ other, between }))
    .sort((a, b) => b.between.length - a.between.length || a.other - b.other);
}

/** What a bundle of claims says, and which way. */
function bundleOf(between, thing) {
  const names = [...new Set(between.map((claim) => claim.relation))].sort(
    (a, b) => relations.get(a).order - relations.get(b).order,
  );
  const out = between.some((c) => c.subject === thing && c.relation !== MUTUAL);
  const back = between.some((c) => c.object === thing && c.relation !== MUTUAL);
  const way = out === back ? "both" : out ? "out" : "in";
  return {
    names,
    key: `${way} ${names.map((name) => relations.get(name).order + 10).join(" ")}`,
    text: names.map((name) => either(relations.get(name).label)).join(" · "),
    way,
    out,
    back,
    planned: between.every((claim) => claim.planned),
  };
}

function ringScene() {
  const { width, height } = stageSize();
  const middle = spotOf(view.focus);
  const rows = Math.max(3, Math.floor((height - 110) / ROW.least));
  const all = neighboursOf(view.focus);
  const pages = Math.max(1, Math.ceil(all.length / (rows * 2)));
  turning.page = Math.min(turning.page, pages - 1);
  const first = turning.page * rows * 2;
  const shown = all.slice(first, first + rows * 2).map(({ other, between }) => ({
    thing: other,
    between,
    bundle: bundleOf(between, view.focus),
  }));
  const [left, right] = sides(shown, rows);
  const longest = Math.max(left.length, right.length, 1);
  const row = Math.max(ROW.least, Math.min(ROW.most, (height - 110) / longest));
  const widest = Math.max(80, width / 2 - 150);
  const reach = Math.min(widest, Math.max(215, 130 + longest * 9));
  const stand = (side, sign) => {
    const tall = Math.max(reach, (row * side.length) / 2 + 12);
    side.forEach((node, i) => {
      const y = (i - (side.length - 1) / 2) * row;
      const x = sign * Math.max(reach * 0.42, reach * Math.sqrt(1 - (y / tall) ** 2));
      node.x = middle.x + x;
      node.y = middle.y + y;
      node.side = sign > 0 ? "left" : "right";
    });
  };
  stand(right, 1);
  stand(left, -1);
  const hub = { thing: view.focus, ...middle, side: "center" };
  const lines = [...right, ...left].map((node) => ({ hub, node, bundle: node.bundle }));
  return {
    nodes: [hub, ...right, ...left],
    lines,
    middle,
    scale: 1,
    progress: 0,
    of: all.length,
    part: [first + 1, first + shown.length],
    pages,
  };
}

/** Acting things to the left, acted upon to the right, unless that is lopsided. */
function sides(shown, rows) {
  const inOrder = [...shown].sort(
    (a, b) =>
      (a.bundle.key < b.bundle.key ? -1 : a.bundle.key > b.bundle.key ? 1 : 0) ||
      (things[a.thing].type < things[b.thing].type ? -1 : 1) ||
      a.thing - b.thing,
  );
  const right = inOrder.filter(({ bundle }) => bundle.way === "out");
  const left = inOrder.filter(({ bundle }) => bundle.way === "in");
  const both = inOrder.filter(({ bundle }) => bundle.way === "both");
  (right.length > left.length ? left : right).push(...both);
  const [less, more] = [left, right].map((s) => s.length).sort((a, b) => a - b);
  if (more <= rows && more <= 2 * less + 7) return [left, right];
  const round = [...right, ...left.reverse()];
  const half = Math.ceil(round.length / 2);
  return [round.slice(half).reverse(), round.slice(0, half)];
}

/** The shortest chain of claims that passes by what is avoided, or null. */
function pathBetween(from, to, avoided = view.avoid) {
  const before = new Map([[from, null]]);
  let level = [from];
  while (level.length && !before.has(to)) {
    const following = [];
    for (const thing of level) {
      for (const { other, between } of neighboursOf(thing)) {
        if (before.has(other) || (avoided.has(things[other].key) && other !== to)) continue;
        before.set(other, { thing, between });
        following.push(other);
      }
    }
    level = following;
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let at = to; before.get(at); at = before.get(at).thing) {
    steps.unshift({ from: before.get(at).thing, to: at, between: before.get(at).between });
  }
  return steps;
}

/** Takes the shortest path that passes by one more thing, the best known first. */
function goAnotherWay(steps) {
  const between = steps.slice(0, -1).map(({ to }) => things[to]);
  between.sort((a, b) => b.claims.length - a.claims.length || a.index - b.index);
  for (const { key } of between) {
    const avoid = new Set([...view.avoid, key]);
    if (pathBetween(view.focus, view.target, avoid)) {
      go({ avoid });
      return;
    }
  }
  toast(say("no-further-path"));
}

function pathScene() {
  const { width, height } = stageSize();
  const middle = spotOf(view.focus);
  const steps = pathBetween(view.focus, view.target) || [];
  const chain = steps.length
    ? [view.focus, ...steps.map((step) => step.to)]
    : [view.focus, view.target];
  const upright = width < 0.8 * height;
  const room = (upright ? height : width) - (upright ? 120 : 220);
  const step = Math.min(upright ? 120 : 230, room / (chain.length - 1));
  const shown = chain.map((thing, i) => {
    const along = (i - (chain.length - 1) / 2) * step;
    const aside = chain.length > 3 ? (i % 2 ? 34 : -34) : 0;
    return {
      thing,
      x: middle.x + (upright ? aside : along),
      y: middle.y + (upright ? along : aside),
      side: upright ? "left" : "center",
      lower: true,
    };
  });
  const lines = steps.map(({ between }, i) => ({
    hub: shown[i],
    node: shown[i + 1],
    bundle: bundleOf(between, chain[i]),
  }));
  return { nodes: shown, lines, middle, scale: 1, progress: 0, pages: 1, path: steps };
}

/** Looks for the way from the thing in focus to another one. */
function connect(thing) {
  choosing = false;
  view.avoid.clear();
  go({ target: thing, fact: null, report: -1, table: false });
}

// -- drawing ----------------------------------------------------------------------

/** Where a dot of the scene stands on the screen while it glides into place. */
function standing(node, lens) {
  const drawn = nodes.get(node.thing);
  const from = drawn || scene.middle;
  const share = scene.progress;
  return lens.onScreen(
    from.x + (node.x - from.x) * share,
    from.y + (node.y - from.y) * share,
  );
}

function sceneRadius(node) {
  const radius = Math.min(15, Math.max(6, things[node.thing].radius * 0.8));
  return node.side === "center" && !scene.path ? radius + 5 : radius;
}

function drawScene(context, lens, board) {
  const places = new Map(scene.nodes.map((node) => [node, standing(node, lens)]));
  for (const line of scene.lines) drawLine(context, line, places);
  for (const node of scene.nodes) {
    const at = places.get(node);
    const radius = sceneRadius(node);
    node.at = at;
    disc(context, at.x, at.y, radius + 2.5);
    context.fillStyle = ink("paper");
    context.fill();
    disc(context, at.x, at.y, radius);
    context.fillStyle = ink(things[node.thing].type);
    context.fill();
    if (node.thing === hovered) {
      disc(context, at.x, at.y, radius + 4);
      context.strokeStyle = ink("accent");
      context.lineWidth = 2;
      context.stroke();
    }
    board.block([at.x - radius, at.y - radius, at.x + radius, at.y + radius]);
  }
  if (scene.progress < 0.6) return;
  for (const node of scene.nodes) nameNode(context, node, board);
  nameBundles(context, places, board);
}

function drawLine(context, { hub, node, bundle }, places) {
  const from = places.get(hub);
  const to = places.get(node);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const start = {
    x: from.x + ux * (sceneRadius(hub) + 4),
    y: from.y + uy * (sceneRadius(hub) + 4),
  };
  const end = {
    x: to.x - ux * (sceneRadius(node) + 4),
    y: to.y - uy * (sceneRadius(node) + 4),
  };
  const lit = hovered === node.thing;
  context.strokeStyle = context.fillStyle = lit ? ink("accent") : ink("tie");
  context.lineWidth = lit ? 2 : 1.2;
  context.setLineDash(bundle.planned ? [5, 4] : []);
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.lineTo(end.x, end.y);
  context.stroke();
  context.setLineDash([]);
  if (bundle.out) arrow(context, end, ux, uy);
  if (bundle.back) arrow(context, start, -ux, -uy);
}

function arrow(context, tip, ux, uy) {
  const [long, wide] = [8, 3.2];
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x - ux * long - uy * wide, tip.y - uy * long + ux * wide);
  context.lineTo(tip.x - ux * long + uy * wide, tip.y - uy * long - ux * wide);
  context.fill();
}

function nameNode(context, node, board) {
  const thing = things[node.thing];
  const centre = node.side === "center";
  const away = sceneRadius(node) + 6;
  context.textBaseline = "middle";
  setFont(context, centre ? 15 : 13, centre ? 600 : 400);
  const { width } = stageSize();
  const room = centre
    ? 22
    : node.side === "left"
      ? width - node.at.x - away
      : node.at.x - away;
  const length = centre ? room : Math.max(4, Math.min(20, Math.floor(room / 13.2)));
  const text = clipped(hovered === node.thing ? thing.name : thing.short, length);
  const wide = widthOf(context, text);
  let { x, y } = node.at;
  if (centre) y += away + 10;
  else x += node.side === "left" ? away : -away;
  const left = centre ? x - wide / 2 : node.side === "left" ? x : x - wide;
  const high = centre ? 20 : 17;
  if (!centre && board.isTaken([left, y - high / 2, left + wide, y + high / 2])) return;
  board.block([left, y - high / 2, left + wide, y + high / 2]);
  node.label = [left, y - high / 2, left + wide, y + high / 2];
  context.textAlign = node.side;
  write(context, text, x, y, ink(centre ? "ink" : "label"));
}

/** Writes each relation once, on the middle of its lines. */
function nameBundles(context, places, board) {
  const bundles = new Map();
  for (const line of scene.lines) {
    const key = scene.path ? line : `${line.bundle.key} ${line.node.side}`;
    if (!bundles.has(key)) bundles.set(key, []);
    bundles.get(key).push(line);
  }
  setFont(context, 12, 500);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const lines of bundles.values()) {
    const { hub, node, bundle } = lines[Math.floor((lines.length - 1) / 2)];
    const from = places.get(hub);
    const to = places.get(node);
    const text =
      clipped(bundle.text, language === "zh" ? 16 : 32) +
      (lines.length > 1 ? ` ${lines.length}` : "");
    const wide = widthOf(context, text) + 12;
    for (const share of [0.6, 0.7, 0.5, 0.78, 0.42, 0.34]) {
      const x = from.x + (to.x - from.x) * share;
      const y = from.y + (to.y - from.y) * share;
      if (!board.take(x - wide / 2, y - 10, wide, 20)) continue;
      context.beginPath();
      context.roundRect(x - wide / 2, y - 9.5, wide, 19, 9.5);
      context.fillStyle = ink("pill");
      context.fill();
      context.fillStyle = ink("pill-ink");
      context.fillText(text, x, y + 0.5);
      break;
    }
  }
}

/** The thing of the scene at a place on the screen, or -1. */
function sceneThingAt(x, y) {
  for (const node of scene.nodes) {
    if (!node.at) continue;
    if (Math.hypot(x - node.at.x, y - node.at.y) < sceneRadius(node) + 6) return node.thing;
    const box = node.label;
    if (box && x > box[0] && x < box[2] && y > box[1] && y < box[3]) return node.thing;
  }
  return -1;
}
