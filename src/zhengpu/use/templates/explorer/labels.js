// The layers above and below vis-network's: homes, captions, labels, the veil.
// Texts are set in pixels of the screen and never lie over one another.

const FONT =
  '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", ' +
  '"Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif';
const LONGEST = 14;
const CELL = 48;
/** Radii on the screen, in pixels. */
const SPECK = 5;
const LARGE_DOT = 14;

/** Where texts already stand; asked before each further one. */
class Board {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Map();
  }

  /** Takes a place if it is free and inside. */
  take(left, top, width, height) {
    const box = [left, top, left + width, top + height];
    if (box[0] < 2 || box[2] > this.width - 2) return false;
    if (box[1] < 2 || box[3] > this.height - 2) return false;
    if (this.isTaken(box)) return false;
    this.block(box);
    return true;
  }

  isTaken(box) {
    return this.cellsOf(box).some((name) =>
      (this.cells.get(name) || []).some(
        (other) =>
          box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1],
      ),
    );
  }

  block(box) {
    for (const name of this.cellsOf(box)) {
      if (!this.cells.has(name)) this.cells.set(name, []);
      this.cells.get(name).push(box);
    }
  }

  cellsOf([left, top, right, bottom]) {
    const names = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
        names.push(x * 4096 + y);
      }
    }
    return names;
  }
}

const widths = new Map();

function widthOf(context, text) {
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

function setFont(context, size, weight = 400) {
  context.font = `${weight} ${size}px ${FONT}`;
}

/** Writes a text with a rim of the background's colour. */
function write(context, text, x, y, colour) {
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ink("halo");
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function clipped(text, length = LONGEST) {
  const signs = characters(text);
  return signs.length > length ? `${cut(signs, 0, length - 1)}…` : text;
}

/** How the picture lies on the screen. */
function camera() {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  return {
    scale,
    onScreen: (x, y) => ({ x: x * scale + origin.x, y: y * scale + origin.y }),
  };
}

/** Draws in pixels of the screen. */
function inPixels(context, draw) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(stageSize());
  context.restore();
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, Math.max(0, radius), 0, TAU);
}

function drawHomes(context) {
  for (const [, x, y, r] of knowledge.discs) {
    disc(context, x, y, r);
    context.fillStyle = ink("home");
    context.fill();
  }
  for (const [x, y, r] of knowledge.communities) {
    disc(context, x, y, r);
    context.fillStyle = ink("community");
    context.fill();
  }
}

function drawLayers(context) {
  inPixels(context, (size) => {
    const lens = camera();
    if (scene) {
      context.fillStyle = ink("veil");
      context.globalAlpha = 0.92 * scene.progress;
      context.fillRect(0, 0, size.width, size.height);
      context.globalAlpha = 1;
      drawScene(context, lens, new Board(size.width, size.height));
      return;
    }
    const board = new Board(size.width, size.height);
    if (hovered >= 0) drawHovered(context, lens, board);
    drawCaptions(context, lens, board);
    drawLabels(context, lens, board);
  });
}

/** The name of a home: a place, a report, or what several share. */
function homeName(home) {
  const [thing, report] = knowledge.homes[home];
  if (report >= 0) return termName(reports[report]);
  return thing >= 0 ? things[thing].short : say("shared");
}

function drawCaptions(context, lens, board) {
  const { width, height } = stageSize();
  context.textAlign = "center";
  context.textBaseline = "middle";
  const discs = [...knowledge.discs].sort((a, b) => b[3] - a[3]);
  for (const [home, x, y, r] of discs) {
    const at = lens.onScreen(x, y);
    const radius = r * lens.scale;
    if (at.x + radius < 0 || at.x - radius > width) continue;
    if (at.y + radius < 0 || at.y - radius > height) continue;
    const size = Math.max(13, Math.min(19, radius / 11));
    setFont(context, size, 600);
    const text = clipped(homeName(home), Math.max(8, Math.floor((radius * 2) / size)));
    const half = widthOf(context, text) / 2;
    // above its disc; while the disc's top is out of sight, at the edge
    const top = Math.max(at.y - radius - size * 0.9, size + 4);
    if (top > at.y + radius * 0.5) continue;
    const middle = Math.min(Math.max(at.x, half + 8), width - half - 8);
    if (Math.abs(middle - at.x) > radius) continue;
    if (!board.take(middle - half - 6, top - size * 0.75, half * 2 + 12, size * 1.5))
      continue;
    write(context, text, middle, top, ink("caption"));
  }
}

function drawLabels(context, lens, board) {
  const { width, height } = stageSize();
  const seen = [];
  nodes.forEach(({ id, x, y, hidden }) => {
    if (hidden) return;
    const at = lens.onScreen(x, y);
    const radius = things[id].radius * lens.scale;
    if (at.x < -20 || at.y < -20 || at.x > width + 20 || at.y > height + 20) return;
    seen.push({ thing: things[id], at, radius });
    if (radius < SPECK) return; // the largest things' names may lie over specks
    const core = radius * 0.8;
    board.block([at.x - core, at.y - core, at.x + core, at.y + core]);
  });
  seen.sort((a, b) => a.thing.index - b.thing.index);
  const specks = seen.filter(({ radius }) => radius < SPECK);
  const most = Math.round((width * height) / 6500);
  const leading = (width * height) / 45000;
  let written = 0;
  context.textBaseline = "middle";
  for (const { thing, at, radius } of seen) {
    if (written >= most) break;
    if (thing.index === hovered) continue;
    const large = radius > LARGE_DOT || thing.index < leading;
    if (radius < 2.6) break;
    if (!large && specks.length) {
      for (const { at, radius } of specks) {
        board.block([at.x - radius, at.y - radius, at.x + radius, at.y + radius]);
      }
      specks.length = 0;
    }
    setFont(context, large ? 13 : 12, large ? 600 : 400);
    const text = clipped(thing.short);
    const spot = freeSpot(board, at, radius, widthOf(context, text), large ? 17 : 15);
    if (!spot) continue;
    context.textAlign = spot.align;
    write(context, text, spot.x, spot.y, large ? ink("ink") : ink("label"));
    written++;
  }
  drawLabels.written = written;
}

/** A free place for a label: below its dot, right, left or above. */
function freeSpot(board, at, radius, width, height) {
  const away = radius + 4;
  const tries = [
    ["center", at.x, at.y + away + height / 2, at.x - width / 2],
    ["left", at.x + away, at.y, at.x + away],
    ["right", at.x - away, at.y, at.x - away - width],
    ["center", at.x, at.y - away - height / 2, at.x - width / 2],
  ];
  for (const [align, x, y, left] of tries) {
    if (board.take(left - 2, y - height / 2, width + 4, height)) return { align, x, y };
  }
  return null;
}

/** The thing under the pointer: its lines and its whole name. */
function drawHovered(context, lens, board) {
  const thing = things[hovered];
  const node = nodes.get(hovered);
  if (!node) return;
  const at = lens.onScreen(node.x, node.y);
  context.strokeStyle = ink("accent");
  context.lineWidth = 1.5;
  for (const claim of thing.claims) {
    const other = nodes.get(otherEnd(claim, hovered));
    if (!other || !isShown(claim)) continue;
    const there = lens.onScreen(other.x, other.y);
    context.beginPath();
    context.moveTo(at.x, at.y);
    context.lineTo(there.x, there.y);
    context.stroke();
    disc(context, there.x, there.y, things[other.id].radius * lens.scale);
    context.fillStyle = ink(things[other.id].type);
    context.fill();
  }
  const radius = Math.max(5, thing.radius * lens.scale);
  disc(context, at.x, at.y, radius + 2);
  context.fillStyle = ink("halo");
  context.fill();
  disc(context, at.x, at.y, radius);
  context.fillStyle = ink(thing.type);
  context.fill();
  setFont(context, 14, 600);
  const text = clipped(thing.name, 30);
  const width = widthOf(context, text);
  const x = Math.min(Math.max(at.x, width / 2 + 8), stageSize().width - width / 2 - 8);
  const y = at.y + radius + 14;
  board.block([x - width / 2 - 4, y - 10, x + width / 2 + 4, y + 10]);
  context.textAlign = "center";
  context.textBaseline = "middle";
  write(context, text, x, y, ink("ink"));
}
