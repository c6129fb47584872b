/* Choosing clips: click, Ctrl, Shift, the tick, and the whole of it by keyboard. */
((clipbot) => {
  const { state } = clipbot;

  clipbot.pickCards = (list, cards) => {
    let anchor = null;
    const order = () => [...cards.keys()].sort((one, other) => one - other);

    function pick(index, { range = false, toggle = false } = {}) {
      const chosen = new Set(state.selected);
      if (range && anchor !== null) {
        const [from, to] = [anchor, index].sort((one, other) => one - other);
        for (const key of order()) if (key >= from && key <= to) chosen.add(key);
      } else if (toggle) {
        if (chosen.has(index)) chosen.delete(index);
        else chosen.add(index);
        anchor = index;
      } else {
        chosen.clear();
        chosen.add(index);
        anchor = index;
      }
      clipbot.select([...chosen], chosen.has(index) ? index : [...chosen].at(-1) ?? null);
      if (!range && !toggle) clipbot.cue(index);
    }

    const cardOf = (event) => event.target.closest(".card");
    const indexOf = (node) => Number(node.dataset.index);

    function focus(node) {
      for (const { node: other } of cards.values()) other.tabIndex = -1;
      node.tabIndex = 0;
      node.focus({ preventScroll: false });
    }

    list.addEventListener("click", (event) => {
      const node = cardOf(event);
      if (!node) return;
      focus(node);
      pick(indexOf(node), {
        range: event.shiftKey,
        toggle: event.ctrlKey || event.metaKey || Boolean(event.target.closest(".tick")),
      });
    });
    list.addEventListener("dblclick", (event) => {
      const node = cardOf(event);
      if (node && !event.target.closest(".tick")) clipbot.emit("seek-clip", indexOf(node));
    });
    list.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });

    list.addEventListener("keydown", (event) => {
      const node = cardOf(event);
      if (!node || event.altKey) return;
      const nodes = [...list.children], place = nodes.indexOf(node);
      const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
      const target = { ArrowRight: place + 1, ArrowLeft: place - 1, ArrowDown: place + columns,
        ArrowUp: place - columns, Home: 0, End: nodes.length - 1 }[event.key];
      if (target !== undefined) {
        const next = nodes[Math.max(0, Math.min(nodes.length - 1, target))];
        focus(next);
        if (event.shiftKey) pick(indexOf(next), { range: true });
      } else if (event.key === " ") pick(indexOf(node), { toggle: true });
      else if (event.key === "Enter") {
        if (!state.selected.includes(indexOf(node))) pick(indexOf(node));
        clipbot.emit("seek-clip", indexOf(node));
      } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) clipbot.select(order(), indexOf(node));
      else if (event.key === "Escape" && state.selected.length > 1) clipbot.select([indexOf(node)]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  };
})(window.clipbot);
