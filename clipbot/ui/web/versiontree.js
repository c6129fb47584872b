/* Which version came from which, as rows with lanes.
 *
 * A version stands below the one that it came from, in the same lane; where somebody went
 * back and on from there, the other branch gets a lane of its own, drawn first, so that the
 * lane of what the film shows runs straight through to its end. */
((clipbot) => {
  const ROW = 46, MOST_WIDTH = 96, STEP = 16, EDGE = 9, RADIUS = 4.5;

  /** Return one row per version, parents before children: `{version, level, lane, ...}`. */
  clipbot.versionRows = (versions) => {
    const byNumber = new Map(versions.map((version) => [version.number, version]));
    const children = new Map(versions.map((version) => [version.number, []]));
    const rising = [...versions].sort((a, b) => a.number - b.number);
    for (const version of rising) if (byNumber.has(version.parent)) children.get(version.parent).push(version);
    const newest = new Map(), shown = new Set();
    for (const version of rising.toReversed()) {
      newest.set(version.number, Math.max(version.number, ...children.get(version.number).map((child) => newest.get(child.number))));
    }
    for (let at = versions.find((version) => version.isCurrent); at; at = byNumber.get(at.parent)) shown.add(at.number);
    const mainOf = (number) => {
      const own = children.get(number);
      return own.find((child) => shown.has(child.number)) ?? own.toSorted((a, b) => newest.get(b.number) - newest.get(a.number))[0] ?? null;
    };
    const rows = [];
    // A list instead of recursion: a chain of edits may be as long as it likes.
    const ahead = rising.filter((version) => !byNumber.has(version.parent)).map((version) => ({ version, level: 1, lane: 0, passing: [], isSide: false })).reverse();
    while (ahead.length) {
      const row = ahead.pop(), number = row.version.number, main = mainOf(number);
      const goesOn = Boolean(main) && shown.has(main.number);
      rows.push({ ...row, isShown: shown.has(number), hasNext: Boolean(main), goesOn });
      if (!main) continue;
      ahead.push({ version: main, level: row.level + 1, lane: row.lane, passing: row.passing, isSide: false });
      for (const side of children.get(number).filter((child) => child !== main).reverse()) {
        ahead.push({ version: side, level: row.level + 1, lane: row.lane + 1, passing: [...row.passing, { lane: row.lane, isShown: goesOn }], isSide: true });
      }
    }
    return rows;
  };

  const svg = (name, props) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
    return node;
  };

  /** Draw the lanes of one row. */
  clipbot.versionLanes = (row, lanes) => {
    const step = lanes > 1 ? Math.min(STEP, (MOST_WIDTH - 2 * EDGE) / (lanes - 1)) : 0;
    const x = (lane) => EDGE + lane * step, middle = ROW / 2, here = x(row.lane);
    const drawing = svg("svg", { class: "lanes", width: 2 * EDGE + step * (lanes - 1), height: ROW, "aria-hidden": "true" });
    const line = (d, isShown) => drawing.append(svg("path", { d, class: isShown ? "is-shown" : "" }));
    for (const { lane, isShown } of row.passing) line(`M${x(lane)} 0V${ROW}`, isShown);
    if (row.isSide) {
      const from = x(row.lane - 1);
      line(`M${from} 0C${from} ${middle * 0.7} ${here} ${middle * 0.3} ${here} ${middle}`, row.isShown);
    } else if (row.level > 1) line(`M${here} 0V${middle}`, row.isShown);
    if (row.hasNext) line(`M${here} ${middle}V${ROW}`, row.goesOn);
    drawing.append(svg("circle", { cx: here, cy: middle, r: RADIUS }));
    return drawing;
  };
})(window.clipbot);
