/* Zoom and pan of both pictures at once, and the split between them.
 *
 * Places are shares of the picture's box, so that one transform fits both. Wheel and pinch
 * zoom about the pointer; dragging pans what is zoomed, else it moves the split. */
((clipbot) => {
  const MOST = 16, STEP = 1.25, STILL = 4, PIXELS = 6;
  const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

  clipbot.lens = (view, divider, { clicked, zoomed }) => {
    const pointers = new Map();
    let zoom = 1, x = 0, y = 0, split = 50, moved = 0, grips = false, span = 0, began = null;

    function draw() {
      x = clamp(x, 1 - zoom, 0);
      y = clamp(y, 1 - zoom, 0);
      view.style.setProperty("--zoom", String(zoom));
      view.style.setProperty("--x", `${100 * x}%`);
      view.style.setProperty("--y", `${100 * y}%`);
      view.classList.toggle("is-close", zoom > 1);
      view.classList.toggle("is-pixels", zoom >= PIXELS);
      zoomed(zoom);
    }
    /** Zoom about a place of the box, which stays where it is. */
    function scale(by, px = 0.5, py = 0.5) {
      const next = clamp(zoom * by, 1, MOST);
      x = px - ((px - x) * next) / zoom;
      y = py - ((py - y) * next) / zoom;
      zoom = Math.abs(next - 1) < 0.01 ? 1 : next;
      draw();
    }
    function reset() { zoom = 1; x = 0; y = 0; draw(); }
    function pan(dx, dy) { x += dx; y += dy; draw(); }

    function cut(percent) {
      split = clamp(percent, 0, 100);
      view.style.setProperty("--split", `${split}%`);
      divider.setAttribute("aria-valuenow", String(Math.round(split)));
      divider.setAttribute("aria-valuetext", `A on the left ${Math.round(split)} %, B on the right`);
    }
    const box = (event) => (event.target.closest?.(".look") ?? view.querySelector(".look")).getBoundingClientRect();
    const place = (event) => {
      const here = box(event);
      return [(event.clientX - here.left) / here.width, (event.clientY - here.top) / here.height, here];
    };

    view.addEventListener("wheel", (event) => {
      event.preventDefault();
      const [px, py] = place(event);
      scale(Math.exp(-clamp(event.deltaY, -120, 120) / 300), px, py);
    }, { passive: false });

    view.addEventListener("pointerdown", (event) => {
      if (event.button || event.target.closest("button")) return;
      pointers.set(event.pointerId, event);
      view.setPointerCapture(event.pointerId);
      moved = 0;
      began = event;
      grips = view.dataset.mode === "split" && (zoom === 1 || Boolean(event.target.closest(".divider")));
      span = 0;
      if (grips) { cut(100 * place(event)[0]); divider.focus({ preventScroll: true }); }
    });
    view.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      pointers.set(event.pointerId, event);
      const [px, py, here] = place({ target: view.querySelector(".look"), clientX: event.clientX, clientY: event.clientY });
      moved = Math.max(moved, Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY));
      if (pointers.size > 1) return pinch(here);
      if (grips) return cut(100 * px);
      if (zoom > 1) pan((event.clientX - before.clientX) / here.width, (event.clientY - before.clientY) / here.height);
    });
    function pinch(here) {
      const [one, two] = [...pointers.values()];
      const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (span) scale(apart / span, ((one.clientX + two.clientX) / 2 - here.left) / here.width, ((one.clientY + two.clientY) / 2 - here.top) / here.height);
      span = apart;
      moved = STILL;
    }
    for (const name of ["pointerup", "pointercancel"]) {
      view.addEventListener(name, (event) => {
        if (!pointers.delete(event.pointerId)) return;
        span = 0;
        if (name === "pointerup" && !pointers.size && moved < STILL && !grips) clicked();
      });
    }
    view.addEventListener("dblclick", reset);
    divider.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      if (event.key === "Home" || event.key === "End") cut(event.key === "Home" ? 0 : 100);
      else if (by) cut(split + by * (event.shiftKey ? 10 : 1));
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    cut(50);
    draw();
    return { closer: () => scale(STEP), further: () => scale(1 / STEP), reset, pan, cut, get zoom() { return zoom; }, get split() { return split; } };
  };
})(window.clipbot);
