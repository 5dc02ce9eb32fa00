// Writes down as SVG what the layers would draw on a canvas.

/** As much of a canvas context as the layers use, writing SVG. */
class Pen {
  constructor(width, height) {
    this.canvas = { width, height, clientWidth: width };
    this.parts = [];
    this.path = "";
    this.dash = [];
    this.globalAlpha = 1;
    this.measure = make("canvas").getContext("2d");
  }

  save() {}
  restore() {}
  setTransform() {}

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${short2(x)} ${short2(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short2(x)} ${short2(y)}`;
  }

  arc(x, y, r) {
    const [d, left] = [short2(r), short2(x - r)];
    this.path += `M${left} ${short2(y)}a${d} ${d} 0 1 0 ${short2(2 * r)} 0a${d} ${d} 0 1 0 ${short2(-2 * r)} 0Z`;
  }

  roundRect(x, y, width, height, r) {
    const [w, h] = [short2(width - 2 * r), short2(height - 2 * r)];
    const turn = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    this.path += `M${short2(x + r)} ${short2(y)}h${w}${turn(r, r)}v${h}${turn(-r, r)}h${-w}${turn(-r, -r)}v${-h}${turn(r, -r)}Z`;
  }

  add(tag, attributes, text) {
    const list = Object.entries(attributes).map(
      ([name, value]) => ` ${name}="${xml(value)}"`,
    );
    this.parts.push(
      text === undefined
        ? `<${tag}${list.join("")}/>`
        : `<${tag}${list.join("")}>${xml(text)}</${tag}>`,
    );
  }

  fill() {
    this.add("path", { d: this.path, fill: this.fillStyle, opacity: this.globalAlpha });
  }

  stroke() {
    this.add("path", {
      d: this.path,
      fill: "none",
      stroke: this.strokeStyle,
      "stroke-width": short2(this.lineWidth),
      opacity: this.globalAlpha,
      ...(this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {}),
    });
  }

  fillRect(x, y, width, height) {
    this.add("rect", {
      x,
      y,
      width,
      height,
      fill: this.fillStyle,
      opacity: this.globalAlpha,
    });
  }

  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  lettering(x, y) {
    const [, weight, size] = this.font.match(/^(\d+) ([\d.]+)px/);
    const anchor = { left: "start", right: "end", center: "middle" }[this.textAlign];
    return {
      x: short2(x),
      y: short2(y),
      "font-family": FONT,
      "font-size": size,
      "font-weight": weight,
      "text-anchor": anchor,
      "dominant-baseline": "central",
    };
  }

  strokeText(text, x, y) {
    const rim = { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth };
    this.add("text", { ...this.lettering(x, y), ...rim, "stroke-linejoin": "round" }, text);
  }

  fillText(text, x, y) {
    this.add("text", { ...this.lettering(x, y), fill: this.fillStyle }, text);
  }

  text() {
    const { width, height } = this.canvas;
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

function short2(number) {
  return Math.round(number * 100) / 100;
}

/** A text as XML may hold it. */
function xml(value) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return String(value)
    .replace(/[&<>"]/g, (sign) => signs[sign])
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
