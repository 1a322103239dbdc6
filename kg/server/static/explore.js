// The graph around a node: pan, zoom, expand. The table below the picture holds the same without a script.
"use strict";
(() => {
  const box = document.getElementById("explorer");
  const said = document.getElementById("explorer-said");
  const svg = box.querySelector("svg");
  const NS = "http://www.w3.org/2000/svg";
  const MOST = 160;
  const narrow = matchMedia("(max-width: 640px)").matches;
  const STEP = narrow ? 12 : 24;
  const LONGEST = narrow ? 16 : 26;
  const nodes = new Map();
  const edges = new Map();
  let view = { x: 0, y: 0, scale: 1 };
  let heat = 0;
  let seed = 7;
  let chosen = null;

  const make = (name, attributes, parent) => {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
  };
  const scene = make("g", {}, svg);
  const lines = make("g", {}, scene);
  const dots = make("g", {}, scene);
  // The same picture at each visit: places come from a small generator of our own.
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text);
  const pageOf = (node) => box.dataset.root + (node.type === "paper" ? `paper/${node.id}` : node.id);

  function addNode(data, near) {
    if (nodes.has(data.id) || nodes.size >= MOST) return;
    const angle = random() * 2 * Math.PI;
    const node = { ...data, x: near.x + 60 * Math.cos(angle), y: near.y + 60 * Math.sin(angle), vx: 0, vy: 0, open: false };
    node.group = make("g", { class: data.type, tabindex: "0", role: "button", "aria-label": `${data.type} ${data.name}: expand` }, dots);
    make("circle", { r: data.type === "claim" ? 6 : 9 }, node.group);
    make("title", {}, node.group).textContent = `${data.name} (${data.type})`;
    node.label = make("text", { x: 13, y: 4 }, node.group);
    node.label.textContent = short(data.name);
    node.group.addEventListener("click", () => expand(node));
    node.group.addEventListener("dblclick", () => { location.href = pageOf(node); });
    node.group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); expand(node); }
    });
    nodes.set(data.id, node);
  }

  async function expand(node) {
    chosen = node;
    for (const other of nodes.values()) other.group.classList.toggle("chosen", other === node);
    if (node.open) { said.textContent = `${node.name} is open already; a double click opens its page.`; return; }
    node.open = true;
    try {
      const answer = await fetch(`${box.dataset.source}?limit=${STEP}&id=${encodeURIComponent(node.id)}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      for (const one of found.nodes) addNode(one, node);
      for (const edge of found.edges) addEdge(edge);
      said.textContent = `${node.name}: ${found.edges.length} neighbours${found.more ? " of more" : ""}. Select a node to expand it, double click to open its page.`;
      if (nodes.size >= MOST) said.textContent += ` The picture is full (${MOST} nodes).`;
      warm();
    } catch (error) {
      node.open = false;
      said.textContent = `The neighbours did not come: ${error.message}`;
    }
  }

  function addEdge(edge) {
    const key = `${edge.from} ${edge.type} ${edge.to}`;
    if (edges.has(key) || !nodes.has(edge.from) || !nodes.has(edge.to)) return;
    const line = make("line", { class: "edge" }, lines);
    make("title", {}, line).textContent = edge.type;
    edges.set(key, { a: nodes.get(edge.from), b: nodes.get(edge.to), line });
  }

  function step() {
    const all = [...nodes.values()];
    for (let i = 0; i < all.length; i += 1) {
      for (let j = i + 1; j < all.length; j += 1) {
        const dx = all[i].x - all[j].x || 0.1;
        const dy = all[i].y - all[j].y || 0.1;
        const push = 5200 / (dx * dx + dy * dy + 60);
        const d = Math.hypot(dx, dy);
        all[i].vx += (dx / d) * push; all[i].vy += (dy / d) * push;
        all[j].vx -= (dx / d) * push; all[j].vy -= (dy / d) * push;
      }
    }
    for (const { a, b } of edges.values()) {
      const dx = b.x - a.x;
      const dy = b.y - a.y;
      const d = Math.hypot(dx, dy) || 1;
      const pull = (d - 130) * 0.03;
      a.vx += (dx / d) * pull; a.vy += (dy / d) * pull;
      b.vx -= (dx / d) * pull; b.vy -= (dy / d) * pull;
    }
    for (const node of all) {
      node.vx -= node.x * (narrow ? 0.012 : 0.002); node.vy -= node.y * (narrow ? 0.003 : 0.009);
      const speed = Math.hypot(node.vx, node.vy);
      const most = 30 * heat;
      const share = speed > most ? most / speed : 1;
      node.x += node.vx * share; node.y += node.vy * share;
      node.vx *= 0.6; node.vy *= 0.6;
    }
  }

  function draw() {
    for (const { a, b, line } of edges.values()) {
      line.setAttribute("x1", a.x); line.setAttribute("y1", a.y);
      line.setAttribute("x2", b.x); line.setAttribute("y2", b.y);
    }
    const middle = chosen ? chosen.x : 0;
    for (const node of nodes.values()) {
      node.group.setAttribute("transform", `translate(${node.x},${node.y})`);
      // Names stand on the outer side, away from the edges to the middle.
      const left = node !== chosen && node.x < middle;
      node.label.setAttribute("x", left ? -13 : 13);
      node.label.setAttribute("text-anchor", left ? "end" : "start");
    }
    const width = svg.clientWidth / 2;
    const height = svg.clientHeight / 2;
    scene.setAttribute("transform", `translate(${width + view.x},${height + view.y}) scale(${view.scale})`);
  }

  function warm() {
    const still = heat <= 0;
    heat = 1;
    // Most of the way at once, so that the first picture is in order already; the rest moves where that is welcome.
    for (let i = 0; i < 120; i += 1) step();
    fit();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { heat = 0; draw(); return; }
    if (still) requestAnimationFrame(tick);
  }

  function tick() {
    step();
    draw();
    heat -= 0.02;
    if (heat > 0) requestAnimationFrame(tick);
    else { fit(); draw(); }
  }

  function fit() {
    const all = [...nodes.values()];
    const xs = all.map((n) => n.x);
    const ys = all.map((n) => n.y);
    const room = narrow ? 110 : 180;
    const [left, right] = [Math.min(...xs) - room, Math.max(...xs) + room];
    const [top, bottom] = [Math.min(...ys) - 30, Math.max(...ys) + 30];
    const scale = Math.min(svg.clientWidth / (right - left), svg.clientHeight / (bottom - top), 1.4);
    view = { scale, x: (-(left + right) / 2) * scale, y: (-(top + bottom) / 2) * scale };
  }

  function zoom(factor, px = 0, py = 0) {
    const scale = Math.min(5, Math.max(0.1, view.scale * factor));
    const change = scale / view.scale;
    view = { scale, x: px - (px - view.x) * change, y: py - (py - view.y) * change };
    draw();
  }

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const area = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.15 : 0.87, event.clientX - area.left - area.width / 2, event.clientY - area.top - area.height / 2);
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => { held = { x: event.clientX - view.x, y: event.clientY - view.y }; });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    view.x = event.clientX - held.x; view.y = event.clientY - held.y;
    draw();
  });
  addEventListener("pointerup", () => { held = null; });
  addEventListener("resize", () => { fit(); draw(); });
  for (const button of box.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      if (factor) zoom(factor); else { fit(); draw(); }
    });
  }

  box.hidden = false;
  const first = { id: box.dataset.id, type: "", name: box.dataset.id };
  fetch(`${box.dataset.source}?limit=1&id=${encodeURIComponent(first.id)}`)
    .then((answer) => answer.json())
    .then((found) => { addNode(found.nodes[0], { x: 0, y: 0 }); expand(nodes.get(first.id)); })
    .catch(() => { box.hidden = true; });
})();
